/** A column of type with its rubric. A data: URL, so that no page needs a second request for it. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#8a1c1c"/><path d="M8 8h16M8 14h7M8 18h7M8 22h7M18 14h6v8h-6z" stroke="#fdfbf6" stroke-width="2.4" fill="none"/></svg>`;

export const ICON_URL = `data:image/svg+xml,${encodeURIComponent(ICON)}`;
