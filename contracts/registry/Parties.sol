// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IParties} from "../interfaces/registry/IParties.sol";
import {EcdsaParts} from "../libraries/EcdsaParts.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {SignerId} from "../types/Ids.sol";

/// @notice How a liable party signs: as a device, as an account, or through an ERC-7913 verifier that the admin allows.
/// Allowed is what a party may start with. A party that has started keeps its say whatever the admin does later: otherwise
/// taking a verifier away would take away the right to release.
abstract contract Parties is AccessManaged, IIdentityRegistry {
    using Signatures for bytes;

    /// @dev The verifier that P-256 devices name in their signer.
    address internal immutable P256_VERIFIER;

    mapping(address verifier => bool allowed) private _isVerifier;

    /// @inheritdoc IParties
    function setVerifier(address verifier, bool allowed) external restricted {
        if (allowed && verifier.code.length == 0) revert IdentityRegistry_NoCode(verifier);
        _isVerifier[verifier] = allowed;
        emit VerifierSet(verifier, allowed);
    }

    /// @inheritdoc IParties
    function allowsVerifier(address verifier) external view returns (bool) {
        return _isVerifier[verifier];
    }

    /// @dev For a party that starts to answer for something. Returns its address when the signer was left out.
    function _requireNewParty(
        SignerId partyId,
        address attester,
        bytes calldata partySigner,
        bytes32 digest,
        bytes calldata signature
    ) internal view returns (address recovered) {
        // Who vouches for itself vouches for nothing.
        if (partySigner.length == 0) {
            recovered = _requireRecovered(partyId, digest, signature);
            if (recovered == attester) revert IdentityRegistry_SelfAttested(attester);
            return recovered;
        }
        if (partyId == Signatures.idOf(attester)) revert IdentityRegistry_SelfAttested(attester);
        if (partySigner.needsVerifier(P256_VERIFIER)) {
            address verifier = partySigner.verifierOf();
            if (!_isVerifier[verifier]) revert IdentityRegistry_VerifierNotAllowed(verifier);
        }
        return _requireParty(partyId, partySigner, digest, signature);
    }

    /// @dev For a party that answers already. Returns what {_requireNewParty} does.
    function _requireParty(
        SignerId partyId,
        bytes calldata partySigner,
        bytes32 digest,
        bytes calldata signature
    ) internal view returns (address recovered) {
        if (partySigner.length == 0) return _requireRecovered(partyId, digest, signature);
        _requireSigner(partySigner, partyId);
        if (!partySigner.isPartySignature(digest, signature, P256_VERIFIER)) {
            revert IdentityRegistry_BadSignature(partySigner);
        }
    }

    /// @dev For a signer that was left out: the address whose secp256k1 signature it is, and never zero. An ERC-1271 account
    /// is not found like this: its signature gives another address, or none.
    function _requireRecovered(
        SignerId expected,
        bytes32 digest,
        bytes calldata signature
    ) internal view returns (address recovered) {
        recovered = EcdsaParts.recover(digest, signature);
        if (recovered == address(0)) revert IdentityRegistry_BadSignature("");
        SignerId given = Signatures.idOf(recovered);
        if (given != expected) revert IdentityRegistry_WrongSigner(given, expected);
    }

    function _requireSigner(bytes calldata signer, SignerId expected) internal pure {
        SignerId given = signer.idOf();
        if (given != expected) revert IdentityRegistry_WrongSigner(given, expected);
    }
}
