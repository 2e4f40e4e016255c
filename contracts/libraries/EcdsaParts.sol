// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SignerId} from "../types/Ids.sol";

/// @notice ECDSA over secp256k1, in the parts r and vs of ERC-2098, or in bytes.
library EcdsaParts {
    /// @dev Half of the group's order. A higher s is refused, so that each signature has one form.
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @notice Whether the device signed whose address has this id.
    /// Why assembly: a row of a batch needs yes or no, in four words of scratch memory; a kind of failure that nobody
    /// asks for, and a check of every word on its way, cost more than the hashing around them.
    function isSignedBy(SignerId id, bytes32 digest, bytes32 r, bytes32 vs) internal view returns (bool valid) {
        assembly ("memory-safe") {
            let s := shr(1, shl(1, vs))
            let scratch := mload(0x40)
            mstore(scratch, digest)
            mstore(add(scratch, 0x20), add(shr(255, vs), 27))
            mstore(add(scratch, 0x40), r)
            mstore(add(scratch, 0x60), s)
            // A failed recovery returns nothing, and must leave zero behind: nobody's address, and nobody's signature.
            mstore(0x00, 0)
            pop(staticcall(gas(), 0x01, scratch, 0x80, 0x00, 0x20))
            let recovered := mload(0x00)
            mstore(0x00, shl(0x60, recovered))
            valid := and(and(iszero(gt(s, HALF_ORDER)), gt(recovered, 0)), eq(keccak256(0x00, 0x14), id))
        }
    }

    /// @notice Who signed; zero when nobody did. 65 bytes are r, s and v (27 or 28); 64 are r and vs.
    /// Why assembly: as above; a signature in calldata is read where it lies.
    function recover(bytes32 digest, bytes calldata signature) internal view returns (address signer) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            let vs := calldataload(add(signature.offset, 0x20))
            let v := add(shr(255, vs), 27)
            let s := shr(1, shl(1, vs))
            if sub(signature.length, 64) {
                // Of another length it has a v that is neither 27 nor 28.
                v := mul(byte(0, calldataload(add(signature.offset, 0x40))), eq(signature.length, 65))
                s := vs
            }
            mstore(scratch, digest)
            mstore(add(scratch, 0x20), v)
            mstore(add(scratch, 0x40), calldataload(signature.offset))
            mstore(add(scratch, 0x60), s)
            // A failed recovery returns nothing, and must leave zero behind.
            mstore(0x00, 0)
            pop(staticcall(gas(), 0x01, scratch, 0x80, 0x00, 0x20))
            signer := mul(mload(0x00), iszero(gt(s, HALF_ORDER)))
        }
    }
}
