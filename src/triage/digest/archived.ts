/**
 * Why a digest cannot be posted in a channel that was archived, as it is kept and told. Nobody can type there, so it is looked at
 * apart from what an invitation mends.
 */
export const ARCHIVED_REASON = "The channel is archived.";
