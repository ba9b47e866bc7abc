import { refuse } from './refused.js';

const missing = 'it is not part of the sandbox';
const words = (text) => text.split(' ');

/** Functions of Node that the sandbox lacks. A call fails with the reason, not with "not a function". */
const functions = {
  crypto: words(
    'createCipheriv createDecipheriv createSign createVerify createECDH createDiffieHellman createPrivateKey createPublicKey createSecretKey diffieHellman generateKey generateKeySync generateKeyPair generateKeyPairSync hkdf hkdfSync privateDecrypt privateEncrypt publicDecrypt publicEncrypt sign verify',
  ),
  fs: words('opendir opendirSync glob globSync statfs statfsSync readv readvSync writev writevSync openAsBlob'),
  'fs/promises': words('opendir glob statfs'),
  util: words('MIMEType getCallSites parseEnv diff getSystemErrorName getSystemErrorMap'),
  url: words('domainToASCII domainToUnicode urlToHttpOptions'),
};
const performanceFunctions = words('mark measure timerify clearMarks clearMeasures getEntries getEntriesByName getEntriesByType');
const subtleFunctions = words('encrypt decrypt sign verify generateKey importKey exportKey deriveBits deriveKey wrapKey unwrapKey');
const windowsFunctions = words('basename dirname extname format isAbsolute join normalize parse relative resolve');

function refusing(name) {
  return {
    [name]: () => {
      throw refuse(name, missing);
    },
  }[name];
}

function addTo(target, names, prefix) {
  for (const name of names) {
    if (target[name] === undefined)
      Object.defineProperty(target, name, { value: refusing(`${prefix}.${name}`), configurable: true, writable: true, enumerable: true });
  }
  return target;
}

export function addRefusedFunctions(builtins, { performance, subtle }) {
  for (const [module, names] of Object.entries(functions)) addTo(builtins[module], names, module);
  addTo(performance, performanceFunctions, 'performance');
  addTo(builtins.path, ['matchesGlob'], 'path');
  builtins.path.win32 = addTo({ sep: '\\', delimiter: ';' }, windowsFunctions, 'path.win32');
  for (const name of subtleFunctions) subtle[name] = async () => refusing(`crypto.subtle.${name}`)();
}
