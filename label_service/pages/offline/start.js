// Wires the page: the hand scanner that types, the camera, the trust list, and working without a network.

const LIST_ADDRESS = "/verify/trust.json";
const LOOK_EVERY_MS = 150;
const served = location.protocol !== "file:";
let offered = "";

part("scan").addEventListener("submit", (event) => {
  event.preventDefault();
  check(part("code").value);
  part("code").value = "";
});

part("code").addEventListener("input", () => show("waiting"));

// A hand scanner types wherever the focus is; when it is nowhere, the code field gets it.
document.addEventListener("keydown", (event) => {
  const typing = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (typing && [document.body, part("verdict")].includes(document.activeElement)) part("code").focus();
});

part("pin").addEventListener("submit", (event) => {
  event.preventDefault();
  tried(async () => {
    pinRoot(part("root").value.trim());
    if (offered) await takeList(offered);
  });
});

part("list").addEventListener("change", () => tried(async () => takeList(await part("list").files[0].text())));

async function fetchList() {
  const answer = await fetch(LIST_ADDRESS, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  offered = await answer.text();
  part("offer").hidden = false;
  part("offered-root").textContent = offeredRoot(offered);
  if (remembered(PIN_KEY)) await takeList(offered);
}

async function lookWithCamera() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const video = part("video");
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const found = await firstCode(detector, video);
  stream.getTracks().forEach((track) => track.stop());
  video.hidden = true;
  await check(found);
}

async function firstCode(detector, video) {
  for (;;) {
    const [code] = await detector.detect(video);
    if (code) return code.rawValue;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function cameraReads() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

async function start() {
  if (await cameraReads().catch(() => false)) {
    part("camera").hidden = false;
    part("camera").addEventListener("click", () => lookWithCamera().catch(() => refused(new Refusal("no-camera"))));
  }
  await tellTrust();
  if (served) await tried(fetchList);
  if (served && "serviceWorker" in navigator) {
    navigator.serviceWorker.register("/verify/worker.js", { scope: "/verify" }).catch(() => undefined);
  }
  document.documentElement.dataset.ready = "yes";
}

start();
