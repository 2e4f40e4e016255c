// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EnrolmentId} from "./Ids.sol";

/// @notice Keeps leaves of an enrolment from ever being activated. Signed by the enrolment's attester. Saying it twice
/// changes nothing, so it needs no sequence.
struct RevokeLeaves {
    EnrolmentId enrolmentId;
    uint32[] indexes; // of the leaves, in any order
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {RevokeLeaves}.
library RevokeLeavesType {
    bytes32 internal constant TYPEHASH = keccak256(
        "RevokeLeaves(bytes32 enrolmentId,uint32[] indexes,uint40 deadline)"
    );

    /// @notice EIP-712 struct hash.
    function structHash(RevokeLeaves calldata message) internal pure returns (bytes32) {
        bytes32 indexes = keccak256(abi.encodePacked(message.indexes));
        return keccak256(abi.encode(TYPEHASH, message.enrolmentId, indexes, message.deadline));
    }
}
