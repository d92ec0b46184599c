// The practice wallet: a key made in this browser and kept in its storage, for a development chain's play money only.
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';

const KEY = 'studio.practice';

export const practiceAccount = () => {
  const key = localStorage.getItem(KEY);
  return key ? privateKeyToAccount(key) : null;
};

export const practiceAddress = () => practiceAccount()?.address ?? null;

export function makePractice() {
  if (!localStorage.getItem(KEY)) localStorage.setItem(KEY, generatePrivateKey());
  return practiceAddress();
}

export const forgetPractice = () => localStorage.removeItem(KEY);
