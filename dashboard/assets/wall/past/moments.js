// Days and minutes of Mộc Châu, which has no summer time: UTC+7 all year.

const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

export const MINUTE_MS = 60_000;

/** The local day of a moment (ms since 1970), as YYYY-MM-DD. */
export const dayOf = (ms) => new Date(ms + OFFSET_MS).toISOString().slice(0, 10);

/** The minutes since that day began. */
export const minuteOf = (ms) => Math.floor(((ms + OFFSET_MS) % DAY_MS) / MINUTE_MS);

/** The moment of a minute of a local day. */
export const momentOf = (day, minute) => Date.parse(`${day}T00:00:00+07:00`) + minute * MINUTE_MS;

/** As addresses name it: local time to the minute. */
export const localName = (ms) => new Date(ms + OFFSET_MS).toISOString().slice(0, 16);
