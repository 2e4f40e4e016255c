// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EcdsaParts} from "../../contracts/libraries/EcdsaParts.sol";
import {Signatures} from "../../contracts/libraries/Signatures.sol";
import {DeviceSignature} from "../../contracts/types/DeviceSignature.sol";
import {SignerId} from "../../contracts/types/Ids.sol";
import {P256Sha256Verifier} from "../../contracts/verifiers/P256Sha256Verifier.sol";
import {Check} from "./helpers/Check.sol";
import {Device, Devices} from "./helpers/Devices.sol";
import {VM} from "./helpers/Vm.sol";

/// @notice Every key's signature is taken in each of its forms; no other key's, digest's or bent one is.
contract SignaturesTest {
    address private immutable VERIFIER = address(new P256Sha256Verifier());

    function testFuzz_aDeviceSigns(uint256 seed, bytes32 digest, bool p256) public view {
        Device memory device = _device(seed, p256);
        Check.yes(this.isDevice(device.id, device.signature(digest), digest), "parts");
        Check.yes(this.isDeviceSignature(device.signer, digest, device.sign(digest)), "bytes");
        Check.yes(this.isPartySignature(device.signer, digest, device.sign(digest)), "party");
        Check.equal(SignerId.unwrap(this.idOf(device.signer)), SignerId.unwrap(device.id), "id");
    }

    function testFuzz_nobodySignsForAnotherDevice(uint256 seed, bytes32 digest, bool p256, bool otherP256) public view {
        Device memory device = _device(seed, p256);
        Device memory other = _device(seed ^ 1, otherP256);
        Check.yes(!this.isDevice(device.id, other.signature(digest), digest), "parts");
        Check.yes(!this.isDeviceSignature(device.signer, digest, other.sign(digest)), "bytes");
        Check.yes(!this.isPartySignature(device.signer, digest, other.sign(digest)), "party");
    }

    function testFuzz_noSignatureFitsAnotherDigest(uint256 seed, bytes32 digest, bytes32 other, bool p256) public view {
        VM.assume(digest != other);
        Device memory device = _device(seed, p256);
        Check.yes(!this.isDevice(device.id, device.signature(digest), other), "parts");
        Check.yes(!this.isDeviceSignature(device.signer, other, device.sign(digest)), "bytes");
    }

    function testFuzz_noBitOfASignatureIsIdle(uint256 seed, bytes32 digest, bool p256, uint16 bit) public view {
        Device memory device = _device(seed, p256);
        bytes memory bent = device.sign(digest);
        bent[(bit % 512) / 8] ^= bytes1(uint8(1 << (bit % 8)));
        Check.yes(!this.isDeviceSignature(device.signer, digest, bent), "bytes");
        Check.yes(!this.isPartySignature(device.signer, digest, bent), "party");

        DeviceSignature memory signature = device.signature(digest);
        (signature.r, signature.vs) = abi.decode(bent, (bytes32, bytes32));
        Check.yes(!this.isDevice(device.id, signature, digest), "parts");
    }

    function testFuzz_only64And65BytesAreASignature(uint256 seed, bytes32 digest, bytes memory signature) public view {
        VM.assume(signature.length != 64 && signature.length != 65);
        Device memory device = _device(seed, false);
        Check.yes(!this.isDeviceSignature(device.signer, digest, signature), "secp256k1");
        Device memory p256 = _device(seed, true);
        Check.yes(!this.isDeviceSignature(p256.signer, digest, signature), "P-256");
    }

    function testFuzz_anAccountSignsIn65Bytes(uint256 seed, bytes32 digest) public view {
        Device memory device = _device(seed, false);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(device.key, digest);
        bytes memory signature = abi.encodePacked(r, s, v);
        Check.yes(this.isAccountSignature(device.account(), digest, signature), "account");
        Check.yes(this.isDeviceSignature(device.signer, digest, signature), "device");
        bytes memory highS = abi.encodePacked(r, Devices.SECP256K1_ORDER - uint256(s), v ^ 7);
        Check.yes(!this.isAccountSignature(device.account(), digest, highS), "high s");
    }

    function testFuzz_aSignatureNamesItsSigner(uint256 seed, bytes32 digest) public view {
        Device memory device = _device(seed, false);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(device.key, digest);
        Check.yes(this.recover(digest, device.sign(digest)) == device.account(), "64 bytes");
        Check.yes(this.recover(digest, abi.encodePacked(r, s, v)) == device.account(), "65 bytes");
        bytes memory highS = abi.encodePacked(r, Devices.SECP256K1_ORDER - uint256(s), v ^ 7);
        Check.yes(this.recover(digest, highS) == address(0), "high s");
        bytes memory dirtyS = abi.encodePacked(r, uint256(s) | (1 << 255), v);
        Check.yes(this.recover(digest, dirtyS) == address(0), "a parity in 65 bytes");
    }

    function testFuzz_noBentSignatureNamesItsSigner(uint256 seed, bytes32 digest, uint16 bit) public view {
        Device memory device = _device(seed, false);
        bytes memory bent = device.sign(digest);
        bent[(bit % 512) / 8] ^= bytes1(uint8(1 << (bit % 8)));
        Check.yes(this.recover(digest, bent) != device.account(), "bent");
    }

    function testFuzz_junkNamesNobody(bytes32 digest, bytes memory signature) public view {
        VM.assume(signature.length != 64 && signature.length != 65);
        Check.yes(this.recover(digest, signature) == address(0), "another length");
    }

    function testFuzz_nothingIsASignatureOfTheZeroAddress(bytes32 digest, bytes memory signature) public view {
        bytes memory signer = abi.encodePacked(address(0));
        Check.yes(!this.isDeviceSignature(signer, digest, signature), "device");
        Check.yes(!this.isPartySignature(signer, digest, signature), "party");
        Check.yes(!this.isAccountSignature(address(0), digest, signature), "account");
    }

    function testFuzz_nothingIsASignatureOfTheZeroAddressInParts(bytes32 digest, bytes32 r, bytes32 vs) public view {
        SignerId zero = SignerId.wrap(keccak256(abi.encodePacked(address(0))));
        Check.yes(!this.isDevice(zero, DeviceSignature(r, vs, ""), digest), "parts");
    }

    function isDevice(SignerId id, DeviceSignature calldata given, bytes32 digest) external view returns (bool) {
        return Signatures.isDevice(id, given.signer, digest, given.r, given.vs, VERIFIER);
    }

    function isDeviceSignature(
        bytes calldata signer,
        bytes32 digest,
        bytes calldata given
    ) external view returns (bool) {
        return Signatures.isDeviceSignature(signer, digest, given, VERIFIER);
    }

    function isPartySignature(
        bytes calldata signer,
        bytes32 digest,
        bytes calldata given
    ) external view returns (bool) {
        return Signatures.isPartySignature(signer, digest, given, VERIFIER);
    }

    function recover(bytes32 digest, bytes calldata given) external view returns (address) {
        return EcdsaParts.recover(digest, given);
    }

    function isAccountSignature(address account, bytes32 digest, bytes calldata given) external view returns (bool) {
        return Signatures.isAccountSignature(account, digest, given);
    }

    function idOf(bytes calldata signer) external pure returns (SignerId) {
        return Signatures.idOf(signer);
    }

    function _device(uint256 seed, bool p256) private view returns (Device memory) {
        return p256 ? Devices.p256(seed, VERIFIER) : Devices.secp256k1(seed);
    }
}
