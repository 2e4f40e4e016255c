// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Anchor} from "../types/Anchor.sol";
import {SignerId} from "../types/Ids.sol";

/// @title Ledger anchor
/// @notice Where whoever keeps a ledger (a payee, a fleet, a hub) publishes the root of its history, epoch by epoch. Whatever
/// happens to its devices, any copy of the history can be proved against the events of this contract.
/// @dev A *publisher* is the keccak256 of an ERC-7913 signer. Whoever pays the gas may relay what it has signed.
interface ILedgerAnchor {
    /// @notice A publisher's history at the end of an epoch. Its previous root is the root of the epoch before.
    /// @param root Merkle root over the state of every channel
    /// @param count leaves below the root
    /// @param total token base units; sum over the leaves
    event Anchored(SignerId indexed publisher, uint64 indexed epoch, bytes32 indexed root, uint32 count, uint96 total);

    /// @notice There is no contract at the address.
    error LedgerAnchor_NoCode(address given);

    /// @notice Epochs are numbered from 1 without gaps, and each is published once.
    error LedgerAnchor_WrongEpoch(uint64 given, uint256 expected);

    /// @notice The anchor continues another history. `expectedHash` are the first 24 bytes of keccak256 of the last root; zero
    /// where the previous root must be zero.
    error LedgerAnchor_WrongPreviousRoot(bytes32 given, bytes24 expectedHash);

    /// @notice A history without a leaf has no root.
    error LedgerAnchor_NoLeaves(bytes32 root, uint32 count);

    /// @notice The signer's id is not the publisher.
    error LedgerAnchor_WrongSigner(SignerId given, SignerId expected);

    /// @notice The publisher has not signed this.
    error LedgerAnchor_BadSignature(SignerId publisher);

    /// @notice Publishes the root of a history.
    /// @dev Emits {Anchored}.
    ///
    /// Requirements:
    /// - `message.epoch` is the publisher's last epoch + 1
    /// - `message.previousRoot` is its last root, or zero for the first epoch
    /// - `message.root` and `message.count` are not zero
    /// - the publisher has signed
    ///
    /// @param signer the publisher's ERC-7913 signer; empty for a secp256k1 key whose signature has 64 bytes, since the
    /// address is recovered
    /// @param signature under the publisher's EIP-712 digest: by a key, by an ERC-1271 account, or for the verifier that the
    /// signer names. Whom its own verifier believes is the publisher's business.
    function anchor(Anchor calldata message, bytes calldata signer, bytes calldata signature) external;

    /// @notice How many epochs a publisher has published; its next one is one more.
    function lastEpochOf(SignerId publisher) external view returns (uint64);

    /// @notice Whether a root is the publisher's last one. Older ones are in {Anchored}.
    function isLastRoot(SignerId publisher, bytes32 root) external view returns (bool);

    /// @notice The verifier that P-256 signers name.
    function p256Verifier() external view returns (address);
}
