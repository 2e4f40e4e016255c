// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {P256Sha256} from "../../contracts/libraries/P256Sha256.sol";
import {P256Sha256Verifier} from "../../contracts/verifiers/P256Sha256Verifier.sol";
import {Check} from "./helpers/Check.sol";
import {Device, Devices} from "./helpers/Devices.sol";

/// @notice The library inside the contracts and the verifier that stands alone say the same, and low s only.
contract P256Sha256Test {
    P256Sha256Verifier private immutable VERIFIER = new P256Sha256Verifier();

    function testFuzz_libraryAndVerifierTakeTheSame(uint256 seed, bytes32 digest) public view {
        Device memory device = Devices.p256(seed, address(VERIFIER));
        (bytes32 r, bytes32 s) = device.parts(digest);
        Check.yes(this.verifySigner(device.signer, digest, r, s, address(VERIFIER)), "library");
        Check.yes(_verifierTakes(device.signer, digest, r, s), "verifier");
    }

    function testFuzz_libraryAndVerifierRefuseHighS(uint256 seed, bytes32 digest) public view {
        Device memory device = Devices.p256(seed, address(VERIFIER));
        (bytes32 r, bytes32 s) = device.parts(digest);
        bytes32 high = bytes32(Devices.P256_ORDER - uint256(s));
        Check.yes(!this.verifySigner(device.signer, digest, r, high, address(VERIFIER)), "library");
        Check.yes(!_verifierTakes(device.signer, digest, r, high), "verifier");
    }

    function testFuzz_libraryAndVerifierRefuseAnyOtherSignature(
        uint256 seed,
        bytes32 digest,
        bytes32 r,
        bytes32 s
    ) public view {
        Device memory device = Devices.p256(seed, address(VERIFIER));
        Check.yes(!this.verifySigner(device.signer, digest, r, s, address(VERIFIER)), "library");
        Check.yes(!_verifierTakes(device.signer, digest, r, s), "verifier");
    }

    function testFuzz_aSignerOfAnotherVerifierIsRefused(uint256 seed, bytes32 digest, address other) public view {
        if (other == address(VERIFIER)) return;
        Device memory device = Devices.p256(seed, other);
        (bytes32 r, bytes32 s) = device.parts(digest);
        Check.yes(!this.verifySigner(device.signer, digest, r, s, address(VERIFIER)), "other verifier");
    }

    function testFuzz_aSignerOfAnotherLengthIsRefused(
        uint256 seed,
        bytes32 digest,
        bytes memory more,
        uint8 less
    ) public view {
        Device memory device = Devices.p256(seed, address(VERIFIER));
        (bytes32 r, bytes32 s) = device.parts(digest);
        bytes memory longer = abi.encodePacked(device.signer, more, uint8(0));
        Check.yes(!this.verifySigner(longer, digest, r, s, address(VERIFIER)), "longer");
        bytes memory shorter = this.cut(device.signer, uint256(less) % P256Sha256.SIGNER_BYTES);
        Check.yes(!this.verifySigner(shorter, digest, r, s, address(VERIFIER)), "shorter");
    }

    function testFuzz_theMessageIsSha256OfTheDigest(bytes32 digest) public pure {
        Check.equal(P256Sha256.messageHash(digest), sha256(abi.encodePacked(digest)), "message");
    }

    function verifySigner(
        bytes calldata signer,
        bytes32 digest,
        bytes32 r,
        bytes32 s,
        address verifier
    ) external view returns (bool) {
        return P256Sha256.verifySigner(signer, digest, r, s, verifier);
    }

    function cut(bytes calldata text, uint256 length) external pure returns (bytes memory) {
        return text[:length];
    }

    function key(bytes calldata signer) external pure returns (bytes memory) {
        return signer[20:];
    }

    function _verifierTakes(bytes memory signer, bytes32 digest, bytes32 r, bytes32 s) private view returns (bool) {
        bytes4 answer = VERIFIER.verify(this.key(signer), digest, abi.encodePacked(r, s));
        return answer == IERC7913SignatureVerifier.verify.selector;
    }
}
