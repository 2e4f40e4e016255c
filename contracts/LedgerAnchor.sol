// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ILedgerAnchor} from "./interfaces/ILedgerAnchor.sol";
import {EcdsaParts} from "./libraries/EcdsaParts.sol";
import {Signatures} from "./libraries/Signatures.sol";
import {Anchor, AnchorType} from "./types/Anchor.sol";
import {SignerId} from "./types/Ids.sol";
import {LastAnchor, LastAnchorLib} from "./types/LastAnchor.sol";

/// @title Ledger anchor
/// @notice Keeps one word a publisher: its last epoch, and what its last root hashes to. Roots live in events.
/// @dev No owner, no proxy, no pause: nothing here can be changed after deployment. Type hashes and digests are in
/// {AnchorMessages}.
contract LedgerAnchor is EIP712, ILedgerAnchor {
    using Signatures for bytes;

    uint256 private constant COMPACT_BYTES = 64;

    address private immutable P256_VERIFIER;

    mapping(SignerId publisher => LastAnchor last) private _last;

    /// @param p256Verifier_ the deployed `P256Sha256Verifier`
    constructor(address p256Verifier_) EIP712("Musubi LedgerAnchor", "1") {
        // Without code every P-256 check would revert where it should say no.
        if (p256Verifier_.code.length == 0) revert LedgerAnchor_NoCode(p256Verifier_);
        P256_VERIFIER = p256Verifier_;
    }

    /// @inheritdoc ILedgerAnchor
    function anchor(Anchor calldata message, bytes calldata signer, bytes calldata signature) external {
        SignerId publisher = message.publisher;
        bytes32 root = message.root;
        uint64 epoch = message.epoch;
        LastAnchor last = _last[publisher];

        // Check: the next epoch of the one history that there is. The last epoch of all has no next one.
        uint256 expected = uint256(last.epoch()) + 1;
        if (epoch != expected) revert LedgerAnchor_WrongEpoch(epoch, expected);
        if (!last.isRoot(message.previousRoot)) {
            revert LedgerAnchor_WrongPreviousRoot(message.previousRoot, last.rootHash());
        }
        // A root of zero would make the next anchor look like a first one.
        if (root == 0 || message.count == 0) revert LedgerAnchor_NoLeaves(root, message.count);
        // Whatever an account answers, and whomever it calls: it is asked in a static call, so nothing changes meanwhile.
        _requireSigned(publisher, AnchorType.digest(_domainSeparatorV4(), message), signer, signature);

        // Effect
        _last[publisher] = LastAnchorLib.pack(epoch, root);
        emit Anchored(publisher, epoch, root, message.count, message.total);
    }

    /// @inheritdoc ILedgerAnchor
    function lastEpochOf(SignerId publisher) external view returns (uint64) {
        return _last[publisher].epoch();
    }

    /// @inheritdoc ILedgerAnchor
    function isLastRoot(SignerId publisher, bytes32 root) external view returns (bool) {
        return root != 0 && _last[publisher].isRoot(root);
    }

    /// @inheritdoc ILedgerAnchor
    function p256Verifier() external view returns (address) {
        return P256_VERIFIER;
    }

    function _requireSigned(
        SignerId publisher,
        bytes32 digest,
        bytes calldata signer,
        bytes calldata signature
    ) private view {
        bool signed;
        if (signer.length == 0) {
            signed =
                signature.length == COMPACT_BYTES &&
                EcdsaParts.isSignedBy(publisher, digest, bytes32(signature[:32]), bytes32(signature[32:]));
        } else {
            SignerId given = signer.idOf();
            if (given != publisher) revert LedgerAnchor_WrongSigner(given, publisher);
            signed = signer.isPartySignature(digest, signature, P256_VERIFIER);
        }
        if (!signed) revert LedgerAnchor_BadSignature(publisher);
    }
}
