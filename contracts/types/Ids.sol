// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice keccak256 of a signer (ERC-7913 byte string): names a device (`deviceId`) or a liable party (`partyId`).
type SignerId is bytes32;

/// @notice EIP-712 struct hash of a {Binding}: its key on chain, and its name off chain.
type BindingId is bytes32;

/// @notice EIP-712 struct hash of an {Enrolment}.
type EnrolmentId is bytes32;

/// @notice EIP-712 digest of a {Channel}: bound to chain and escrow, so no two deployments share one.
type ChannelId is bytes32;

using {equalSigners as ==, differentSigners as !=} for SignerId global;
using {equalBindings as ==, differentBindings as !=} for BindingId global;

using {differentChannels as !=} for ChannelId global;

function equalSigners(SignerId a, SignerId b) pure returns (bool) {
    return SignerId.unwrap(a) == SignerId.unwrap(b);
}

function differentSigners(SignerId a, SignerId b) pure returns (bool) {
    return SignerId.unwrap(a) != SignerId.unwrap(b);
}

function equalBindings(BindingId a, BindingId b) pure returns (bool) {
    return BindingId.unwrap(a) == BindingId.unwrap(b);
}

function differentBindings(BindingId a, BindingId b) pure returns (bool) {
    return BindingId.unwrap(a) != BindingId.unwrap(b);
}

function differentChannels(ChannelId a, ChannelId b) pure returns (bool) {
    return ChannelId.unwrap(a) != ChannelId.unwrap(b);
}
