// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "./Binding.sol";

/// @notice The words of a {Binding} as they lie in the calldata, narrow fields first looked at all together.
/// Why: the compiler checks a narrow field each time it is read, for 60 gas. Whoever starts a binding reads thirteen.
struct BindingWords {
    bytes32 deviceId;
    bytes32 partyId;
    uint256 attester;
    uint256 validFrom;
    uint256 validUntil;
    uint256 funder;
    uint256 funding;
    uint256 token;
    uint256 maxPerPayment;
    uint256 maxPerPeriod;
    uint256 periodSeconds;
    bytes32 approvers;
    bytes32 billingRef;
    bytes32 freshnessTip;
    bytes32 previous;
}

using BindingWordsLib for BindingWords global;

/// @notice Casts and checks.
library BindingWordsLib {
    /// @dev {Funding} has four members.
    uint256 private constant FUNDING_BITS = 2;

    /// @notice The same place in the calldata, seen as words: nothing is checked.
    function wordsOf(Binding calldata binding) internal pure returns (BindingWords calldata words) {
        // Why assembly: only there a reference takes another type.
        assembly ("memory-safe") {
            words := binding
        }
    }

    /// @notice Refuses what the compiler would refuse, and as it does: a narrow field with bits outside its type.
    function requireNarrow(BindingWords calldata words) internal pure {
        uint256 outside =
            ((words.attester | words.funder | words.token) >> 160) |
                ((words.validFrom | words.validUntil) >> 40) |
                ((words.maxPerPayment | words.maxPerPeriod) >> 96) |
                (words.periodSeconds >> 32) |
                (words.funding >> FUNDING_BITS);
        // Why assembly: only there a revert says nothing.
        assembly ("memory-safe") {
            if outside {
                revert(0, 0)
            }
        }
    }
}
