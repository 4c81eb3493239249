"""The language a request asks for."""

from typing import Annotated

from fastapi import Depends, Query, Request

from label_service.translation import Language, negotiate

Lang = Annotated[str | None, Query(description="en or zh; default: Accept-Language", max_length=35)]


def language_of(request: Request) -> Language:
    """`?lang=` first, then the browser's Accept-Language, then English."""
    asked = request.query_params.get("lang", "")[:35]
    return negotiate(asked or None, request.headers.get("accept-language"))


async def _language(request: Request, lang: Lang = None) -> Language:
    return negotiate(lang, request.headers.get("accept-language"))


AskedLanguage = Annotated[Language, Depends(_language)]
"""The language, as an argument of a route, documented as `?lang=`."""
