// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ScratchHash} from "../../contracts/libraries/ScratchHash.sol";
import {BindingId} from "../../contracts/types/Ids.sol";
import {Release, ReleaseType} from "../../contracts/types/Release.sol";
import {RevokeMany, RevokeManyType, Revocation} from "../../contracts/types/RevokeMany.sol";
import {Check} from "./helpers/Check.sol";

/// @notice What is hashed behind the allocated memory has the hash that the plain way gives, and leaves memory as it was.
contract ScratchHashTest {
    function testFuzz_digestIsTheOneOfEip712(bytes32 domain, bytes32 hashOfStruct) public pure {
        bytes32 expected = MessageHashUtils.toTypedDataHash(domain, hashOfStruct);
        Check.equal(ScratchHash.digest(domain, hashOfStruct), expected, "digest");
    }

    function testFuzz_ofBytesIsKeccak256(bytes calldata data) public view {
        Check.equal(this.ofBytes(data), keccak256(data), "hash");
    }

    function testFuzz_aReleaseThatFollowsHashesAsOneThatIsSent(bytes32 domain, Release calldata message) public pure {
        bytes32 expected = MessageHashUtils.toTypedDataHash(
            domain,
            keccak256(abi.encode(ReleaseType.TYPEHASH, message))
        );
        Check.equal(ReleaseType.digest(domain, message), expected, "sent");
        bytes32 found = ReleaseType.digestOf(
            domain,
            message.bindingId,
            message.sequence,
            message.successor,
            message.deadline
        );
        Check.equal(found, expected, "follows");
    }

    function testFuzz_rowsAreHashedAsOneAfterAnother(bytes32[] calldata ids, uint24 seed, uint40 deadline) public view {
        RevokeMany memory message = RevokeMany(new Revocation[](ids.length), deadline);
        bytes memory hashes;
        for (uint256 i = 0; i < ids.length; ++i) {
            uint24 sequence = uint24(uint256(keccak256(abi.encode(seed, i))));
            message.rows[i] = Revocation(BindingId.wrap(ids[i]), sequence);
            hashes = bytes.concat(hashes, keccak256(abi.encode(RevokeManyType.ROW_TYPEHASH, ids[i], sequence)));
            Check.equal(this.sequenceOf(message, i), sequence, "sequence");
        }
        bytes32 expected = keccak256(abi.encode(RevokeManyType.TYPEHASH, keccak256(hashes), deadline));
        (bytes32 found, bytes memory kept) = this.structHash(message, hashes);
        Check.equal(found, expected, "hash");
        Check.equal(keccak256(kept), keccak256(hashes), "memory");
    }

    function ofBytes(bytes calldata data) external pure returns (bytes32) {
        return ScratchHash.ofBytes(data);
    }

    function sequenceOf(RevokeMany calldata message, uint256 index) external pure returns (uint24) {
        return RevokeManyType.sequenceOf(message.rows[index]);
    }

    /// @dev `kept` is in memory before the hash is made, and comes back as it is then.
    function structHash(RevokeMany calldata message, bytes memory kept) external pure returns (bytes32, bytes memory) {
        return (RevokeManyType.structHash(message), kept);
    }
}
