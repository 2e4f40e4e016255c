// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {DeviceSignature} from "../../../contracts/types/DeviceSignature.sol";
import {SignerId} from "../../../contracts/types/Ids.sol";
import {VM} from "./Vm.sol";

/// @notice A machine, or a party, with a key of its own.
struct Device {
    uint256 key;
    bytes signer; // ERC-7913
    SignerId id;
}

using Devices for Device global;

/// @notice Makes devices, and signs for them as the contracts want it.
library Devices {
    uint256 private constant ADDRESS_BYTES = 20;
    uint256 internal constant SECP256K1_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 internal constant P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;

    /// @param seed any number; each gives another key
    function secp256k1(uint256 seed) internal pure returns (Device memory) {
        uint256 key = _keyOf(seed, SECP256K1_ORDER);
        return _device(key, abi.encodePacked(VM.addr(key)));
    }

    /// @param seed any number; each gives another key
    function p256(uint256 seed, address verifier) internal pure returns (Device memory) {
        uint256 key = _keyOf(seed, P256_ORDER);
        (uint256 x, uint256 y) = VM.publicKeyP256(key);
        return _device(key, abi.encodePacked(verifier, x, y));
    }

    /// @notice 64 bytes: r || vs, or r || s with a low s.
    function sign(Device memory device, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 vs) = device.parts(digest);
        return abi.encodePacked(r, vs);
    }

    /// @notice The form that a settlement takes.
    function signature(Device memory device, bytes32 digest) internal pure returns (DeviceSignature memory) {
        (bytes32 r, bytes32 vs) = device.parts(digest);
        return DeviceSignature(r, vs, device.isSecp256k1() ? bytes("") : device.signer);
    }

    function parts(Device memory device, bytes32 digest) internal pure returns (bytes32 r, bytes32 vs) {
        if (device.isSecp256k1()) {
            uint8 v;
            (v, r, vs) = VM.sign(device.key, digest);
            return (r, bytes32(uint256(vs) | (uint256(v - 27) << 255)));
        }
        (r, vs) = VM.signP256(device.key, sha256(abi.encodePacked(digest)));
        if (uint256(vs) > P256_ORDER / 2) vs = bytes32(P256_ORDER - uint256(vs));
    }

    function account(Device memory device) internal pure returns (address) {
        return VM.addr(device.key);
    }

    function isSecp256k1(Device memory device) internal pure returns (bool) {
        return device.signer.length == ADDRESS_BYTES;
    }

    function _device(uint256 key, bytes memory signer) private pure returns (Device memory) {
        return Device(key, signer, SignerId.wrap(keccak256(signer)));
    }

    function _keyOf(uint256 seed, uint256 order) private pure returns (uint256) {
        return (uint256(keccak256(abi.encode(seed))) % (order - 1)) + 1;
    }
}
