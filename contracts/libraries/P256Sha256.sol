// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @notice P-256 over `sha256(digest)`: node:crypto, WebCrypto and most secure elements only sign what they hash with
/// SHA-256 themselves.
library P256Sha256 {
    /// @notice verifier || x || y
    uint256 internal constant SIGNER_BYTES = 84;

    /// @dev Half of the group's order. A higher s is refused, so that each signature has one form.
    uint256 internal constant HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8;

    /// @dev P256VERIFY, EIP-7951 (RIP-7212 on rollups).
    address private constant PRECOMPILE = address(0x100);

    /// @notice What the device signs, given an EIP-712 digest.
    function messageHash(bytes32 digest) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(digest));
    }

    /// @notice Checks a signature by the precompile, or where there is none by OpenZeppelin's Solidity code.
    function verify(bytes32 digest, bytes32 r, bytes32 s, bytes32 x, bytes32 y) internal view returns (bool) {
        return P256.verify(messageHash(digest), r, s, x, y);
    }

    /// @notice Checks a signature of a `verifier || x || y` signer, with the cheap way first.
    /// Why the precompile is called directly: a call to the verifier would cost a cold account and its ABI coding each time.
    /// Why the verifier is asked when the precompile says no: an absent precompile answers like one that refuses, and
    /// keeping the Solidity fallback in one contract keeps it out of all others.
    /// @param verifier the deployed `P256Sha256Verifier`; a signer that names another one is refused
    function verifySigner(
        bytes calldata signer,
        bytes32 digest,
        bytes32 r,
        bytes32 s,
        address verifier
    ) internal view returns (bool) {
        if (signer.length != SIGNER_BYTES || address(bytes20(signer[:20])) != verifier) return false;
        if (uint256(s) > HALF_ORDER) return false;
        (bool success, bytes memory answer) = PRECOMPILE.staticcall(
            abi.encodePacked(messageHash(digest), r, s, signer[20:])
        );
        if (success && answer.length == 32 && abi.decode(answer, (uint256)) == 1) return true;
        return
            IERC7913SignatureVerifier(verifier).verify(signer[20:], digest, abi.encodePacked(r, s)) ==
            IERC7913SignatureVerifier.verify.selector;
    }
}
