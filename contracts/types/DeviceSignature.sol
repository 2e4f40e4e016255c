// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice A device's signature, in the form that a settlement uses too.
struct DeviceSignature {
    bytes32 r;
    bytes32 vs; // secp256k1: ERC-2098's y parity and s in one word; P-256: s, at most half the order
    bytes signer; // empty for secp256k1 (the address is recovered); P-256: verifier || x || y
}
