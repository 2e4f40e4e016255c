// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {SignerId} from "../types/Ids.sol";
import {EcdsaParts} from "./EcdsaParts.sol";
import {P256Sha256} from "./P256Sha256.sol";
import {ScratchHash} from "./ScratchHash.sol";

/// @notice Who signed a digest. Two families, never mixed: *device* signatures (ECDSA, P-256) can never be taken back;
/// *account* signatures may also be ERC-1271 or ERC-7913, whose answer can change, and serve on chain only.
library Signatures {
    uint256 private constant ADDRESS_BYTES = 20;
    /// @dev r || vs, as in ERC-2098
    uint256 private constant COMPACT_BYTES = 64;
    /// @dev Enough for a multisig of a few owners or a passkey account; an account cannot burn a relayer's whole gas.
    uint256 private constant ERC1271_GAS_MAX = 300_000;
    /// @dev Enough for P-256 in Solidity, RSA, or a passkey's frame around either.
    uint256 private constant ERC7913_GAS_MAX = 500_000;

    /// @notice Id of an ERC-7913 signer.
    function idOf(bytes calldata signer) internal pure returns (SignerId) {
        return SignerId.wrap(ScratchHash.ofBytes(signer));
    }

    /// @notice Id of an account as a signer.
    function idOf(address account) internal pure returns (SignerId id) {
        // Why assembly: twenty bytes to hash need no memory of their own.
        assembly ("memory-safe") {
            mstore(0x00, shl(0x60, account))
            id := keccak256(0x00, 0x14)
        }
    }

    /// @notice Whether the signer is neither an address nor a P-256 key of ours.
    function needsVerifier(bytes calldata signer, address p256Verifier) internal pure returns (bool) {
        return signer.length > ADDRESS_BYTES && verifierOf(signer) != p256Verifier;
    }

    /// @notice The verifier that an ERC-7913 signer names: its first twenty bytes.
    function verifierOf(bytes calldata signer) internal pure returns (address) {
        return address(bytes20(signer));
    }

    /// @notice Whether the device named `id` signed, given the parts of its signature.
    /// @param signer empty for secp256k1: the address is recovered, so nobody has to send it
    function isDevice(
        SignerId id,
        bytes calldata signer,
        bytes32 digest,
        bytes32 r,
        bytes32 vs,
        address p256Verifier
    ) internal view returns (bool) {
        if (signer.length != 0) {
            return idOf(signer) == id && P256Sha256.verifySigner(signer, digest, r, vs, p256Verifier);
        }
        return EcdsaParts.isSignedBy(id, digest, r, vs);
    }

    /// @notice Whether a signer of a device's kind signed, given its signature as bytes.
    function isDeviceSignature(
        bytes calldata signer,
        bytes32 digest,
        bytes calldata signature,
        address p256Verifier
    ) internal view returns (bool) {
        if (signer.length == ADDRESS_BYTES) {
            address account = _addressOf(signer);
            return EcdsaParts.recover(digest, signature) == account && account != address(0);
        }
        if (signature.length != COMPACT_BYTES) return false;
        return P256Sha256.verifySigner(signer, digest, bytes32(signature[:32]), bytes32(signature[32:]), p256Verifier);
    }

    /// @notice Whether a party's signer signed: as a device, as an ERC-1271 account, or through an ERC-7913 verifier. Which
    /// verifiers are trusted is the caller's to know.
    function isPartySignature(
        bytes calldata signer,
        bytes32 digest,
        bytes calldata signature,
        address p256Verifier
    ) internal view returns (bool) {
        if (signer.length == ADDRESS_BYTES) {
            address account = _addressOf(signer);
            if (EcdsaParts.recover(digest, signature) == account) return account != address(0);
            return _isErc1271(account, digest, signature);
        }
        if (needsVerifier(signer, p256Verifier)) return _isErc7913(signer, digest, signature);
        return isDeviceSignature(signer, digest, signature, p256Verifier);
    }

    /// @notice Whether an account signed. ECDSA comes first, so an address that carries EIP-7702 code stays valid.
    function isAccountSignature(
        address account,
        bytes32 digest,
        bytes calldata signature
    ) internal view returns (bool) {
        // A recovery that fails gives zero: that is nobody's signature, not one of the zero address.
        if (EcdsaParts.recover(digest, signature) == account) return account != address(0);
        return _isErc1271(account, digest, signature);
    }

    /// @dev The first twenty of at least as many bytes.
    function _addressOf(bytes calldata signer) private pure returns (address account) {
        // Why assembly: a slice of known length needs no mask for the bytes behind it.
        assembly ("memory-safe") {
            account := shr(0x60, calldataload(signer.offset))
        }
    }

    function _isErc1271(address account, bytes32 digest, bytes calldata signature) private view returns (bool) {
        if (account.code.length == 0) return false;
        bytes memory data = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        return _answers(account, data, IERC1271.isValidSignature.selector, ERC1271_GAS_MAX);
    }

    function _isErc7913(bytes calldata signer, bytes32 digest, bytes calldata signature) private view returns (bool) {
        bytes calldata key = signer[ADDRESS_BYTES:];
        bytes memory data = abi.encodeCall(IERC7913SignatureVerifier.verify, (key, digest, signature));
        return _answers(verifierOf(signer), data, IERC7913SignatureVerifier.verify.selector, ERC7913_GAS_MAX);
    }

    /// @dev Whether the call returns `magic`.
    /// Why assembly: a high-level call copies all that comes back, and a hostile contract could send megabytes.
    function _answers(address to, bytes memory data, bytes4 magic, uint256 gasMax) private view returns (bool valid) {
        assembly ("memory-safe") {
            mstore(0x00, 0)
            let success := staticcall(gasMax, to, add(data, 0x20), mload(data), 0x00, 0x20)
            valid := and(success, and(gt(returndatasize(), 0x1f), eq(mload(0x00), magic)))
        }
    }
}
