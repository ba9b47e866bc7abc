export { addressesOf } from './addresses-of.ts';
export { checkRequest, isLoopback, type OwnAddress, type RequestSource } from './check-request.ts';
export { listen } from './listen.ts';
