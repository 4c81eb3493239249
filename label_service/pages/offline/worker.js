// Keeps the page for when there is no network, and nothing else: trust lists are kept by the page, which checks them.

const KEPT = "carbon-passport-verify";
const PAGES = ["/verify?lang=en", "/verify?lang=zh-Hans"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(PAGES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// At once from memory, and renewed behind the reader's back for the next time.
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.mode !== "navigate" || address.pathname !== "/verify") return;
  const language = address.searchParams.get("lang") ?? navigator.language;
  event.respondWith(keptOrFetched(event, language.startsWith("zh") ? PAGES[1] : PAGES[0]));
});

async function keptOrFetched(event, page) {
  const kept = await caches.open(KEPT);
  const renewed = fetch(page).then(async (answer) => {
    if (answer.ok) await kept.put(page, answer.clone());
    return answer;
  });
  event.waitUntil(renewed.catch(() => undefined));
  return (await kept.match(page)) ?? renewed;
}
