// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The three signatures under a binding.
/// secp256k1: 65 bytes, or 64 as in ERC-2098; P-256: r || s, low s; ERC-1271 accounts (party, attester) and ERC-7913
/// verifiers (party): as they like.
struct BindingSignatures {
    bytes device;
    bytes party;
    bytes attester;
}
