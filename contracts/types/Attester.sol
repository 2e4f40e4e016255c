// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What the registry keeps of an attester, by the index under which it was accredited: one storage slot.
struct Attester {
    address account; // who signs for it: a key, or an ERC-1271 account; zero when the index was never given out
    uint40 compromisedSince; // seconds; bindings that started later ended with the mark
    uint40 markedAt; // second in which the admin said so; 0 = not compromised
}
