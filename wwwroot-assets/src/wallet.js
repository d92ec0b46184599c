// Wallets for the Studio's pages: the browser's own (EIP-6963) and, on a development chain, a practice wallet made here.
// The browser builds and shows what is signed; the server only ever sees the signed result.
import { createSiweMessage } from 'viem/siwe';
import { getAddress, toHex } from 'viem/utils';
import { foundWallets, providerOf } from './found.js';
import { practiceAddress, practiceAccount, makePractice, forgetPractice } from './practice.js';
import { sendFromBrowser, sendFromPractice } from './transactions.js';
import { Refused, refusal } from './refusal.js';

const PRACTICE = 'practice';
const LAST = 'studio.wallet';
const TOO_MANY = 429;

/** Every wallet a person can choose: [{ id, name, icon }]. */
export const wallets = () => foundWallets();

/** The practice wallet's address, or null when none was made in this browser. */
export const practice = () => practiceAddress();

/** Makes the practice wallet, or gives the one already made. */
export const makePracticeWallet = () => makePractice();

export const forgetPracticeWallet = () => forgetPractice();

/** The address that signed in last in this browser, or null. */
export const address = () => (kind() === PRACTICE ? practiceAddress() : localStorage.getItem(`${LAST}.address`));

/** Signs in with a wallet. Gives { ok: true, address } or { ok: false, why }. */
export async function signIn(kind) {
  return answer(async () => {
    const who = kind === PRACTICE ? makePractice() : await askAddress(kind);
    const terms = await post('/api/sign-in/nonce', {});
    const message = createSiweMessage({
      address: getAddress(who),
      domain: terms.domain,
      uri: terms.uri,
      chainId: terms.chainId,
      nonce: terms.nonce,
      statement: terms.statement,
      version: '1',
      issuedAt: new Date(terms.issuedAt),
      expirationTime: new Date(terms.expires),
    });
    const signature = kind === PRACTICE ? await practiceAccount().signMessage({ message }) : await providerOf(kind).request({ method: 'personal_sign', params: [toHex(message), who] });
    const signed = await post('/api/sign-in/verify', { message, signature, practice: kind === PRACTICE });
    localStorage.setItem(LAST, kind);
    localStorage.setItem(`${LAST}.address`, signed.address);
    return { address: signed.address };
  });
}

/** Signs and sends a call the server built (a claim, a deposit) for the account that is signed in, `call.from`. `chain` is { id, name, rpc }. Gives { ok, hash } or { ok: false, why }. */
export async function send(chain, call) {
  return answer(async () => {
    const isPractice = kind() === PRACTICE;
    requireAccount(call.from, isPractice ? practiceAddress() : await askAddress(kind()));
    return { hash: isPractice ? await sendFromPractice(practiceAccount(), chain, call) : await sendFromBrowser(providerOf(kind()), chain, call) };
  });
}

// Accounts change in the wallet without a word to the page; what another one sends would be paid by somebody whom this page does not show.
function requireAccount(signedIn, chosen) {
  if (chosen && getAddress(chosen) === getAddress(signedIn)) return;
  if (!chosen) throw new Refused('There is no practice wallet in this browser any more. Sign in again. Nothing was sent.');
  throw new Refused(`You are signed in as ${short(signedIn)}, and the wallet has ${short(chosen)} chosen. Choose ${short(signedIn)} in it, or sign out and sign in with the other. Nothing was sent.`);
}

const short = address => `${getAddress(address).slice(0, 6)}…${getAddress(address).slice(-4)}`;

const kind = () => localStorage.getItem(LAST) ?? (practiceAddress() ? PRACTICE : null);

async function askAddress(id) {
  const provider = providerOf(id);
  if (!provider) throw new Refused('This wallet is not in this browser any more. Choose another.');
  const [first] = await provider.request({ method: 'eth_requestAccounts' });
  if (!first) throw new Refused('The wallet gave no address. Unlock it and try again.');
  return first;
}

async function post(path, body) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const reply = await response.json().catch(() => ({}));
  if (response.status === TOO_MANY) throw new Refused(`Too many sign-ins from this address. Wait ${response.headers.get('retry-after') ?? 'some'} seconds and try again.`);
  if (!response.ok) throw new Refused(reply.detail ?? reply.title ?? `The Studio answered ${response.status}.`);
  return reply;
}

async function answer(act) {
  try {
    return { ok: true, ...(await act()) };
  } catch (error) {
    return { ok: false, why: refusal(error) };
  }
}
