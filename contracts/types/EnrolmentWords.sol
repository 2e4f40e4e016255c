// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Enrolment} from "./Enrolment.sol";

/// @notice The words of an {Enrolment} as they lie in the calldata, for the reason given in {BindingWords}.
/// No narrow field of one that was enrolled has bits outside its type: those bits are part of its id, and `enrol` refuses them.
struct EnrolmentWords {
    bytes32 root;
    uint256 count;
    bytes32 partyId;
    uint256 attester;
    uint256 validFrom;
    uint256 validUntil;
}

/// @notice Casts.
library EnrolmentWordsLib {
    /// @notice The same place in the calldata, seen as words: nothing is checked.
    function wordsOf(Enrolment calldata enrolment) internal pure returns (EnrolmentWords calldata words) {
        // Why assembly: only there a reference takes another type.
        assembly ("memory-safe") {
            words := enrolment
        }
    }
}
