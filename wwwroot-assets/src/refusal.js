// Turns what wallets and nodes throw into a sentence a person can act on.

/** A refusal of our own, already in plain words. */
export class Refused extends Error {}

const USER_REJECTED = 4001; // EIP-1193

export function refusal(error) {
  if (error instanceof Refused) return error.message;
  if (error?.code === USER_REJECTED) return 'You said no in the wallet. Nothing was sent.';
  if (error?.name === 'TypeError') return 'The Studio could not be reached. Nothing was sent.';
  return `The wallet refused: ${String(error?.shortMessage ?? error?.message ?? error).slice(0, 200)}`;
}
