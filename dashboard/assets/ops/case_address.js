// Where a case has its page.

/** Codes may contain slashes; `keep` is what the address says besides: language, theme, moment. */
export const caseAddress = (code, keep) =>
  `/ops/case/${code.split("/").map(encodeURIComponent).join("/")}?${new URLSearchParams(keep)}`;
