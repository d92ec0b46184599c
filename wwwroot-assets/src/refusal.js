// Turns what wallets and nodes throw into a sentence a person can act on.

/** A refusal of our own, already in plain words. */
export class Refused extends Error {}

export const USER_REJECTED = 4001; // EIP-1193
const ALREADY_ASKED = -32002; // what wallets answer while an earlier window of theirs is open

export function refusal(error) {
  if (error instanceof Refused) return error.message;
  if (error?.code === USER_REJECTED) return 'You said no in the wallet. Nothing was sent.';
  if (error?.code === ALREADY_ASKED) return 'The wallet has a question open already. Answer it there, then try again. Nothing was sent.';
  if (error?.name === 'TypeError') return 'The Studio could not be reached. Nothing was sent.';
  return `The wallet refused: ${String(error?.shortMessage ?? error?.message ?? error).slice(0, 200)}`;
}
