// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Which attesters are marked as compromised, as a set of bits in one word.
/// Why a set: almost no attester ever is. One word answers for two bindings at once, and only where it says "maybe" the
/// attester's own slot is read.
type AttesterMarks is uint256;

using AttesterMarksLib for AttesterMarks global;

/// @notice Bits 0 to 253 stand for the attesters of these indexes, bit 254 for all later ones together; bit 255 is free for
/// whoever keeps the word.
library AttesterMarksLib {
    uint256 private constant LATER_BIT = 254;
    uint256 private constant FLAG = 1 << 255;

    /// @notice Whether nobody is marked.
    function isEmpty(AttesterMarks marks) internal pure returns (bool) {
        return AttesterMarks.unwrap(marks) << 1 == 0;
    }

    /// @notice Whether the attester may be marked. `false` is certain; `true` is for its own slot to confirm.
    function mayHave(AttesterMarks marks, uint24 index) internal pure returns (bool) {
        return (AttesterMarks.unwrap(marks) >> _bitOf(index)) & 1 != 0;
    }

    function with(AttesterMarks marks, uint24 index) internal pure returns (AttesterMarks) {
        return AttesterMarks.wrap(AttesterMarks.unwrap(marks) | (1 << _bitOf(index)));
    }

    function isFlagged(AttesterMarks marks) internal pure returns (bool) {
        return AttesterMarks.unwrap(marks) & FLAG != 0;
    }

    function flagged(AttesterMarks marks) internal pure returns (AttesterMarks) {
        return AttesterMarks.wrap(AttesterMarks.unwrap(marks) | FLAG);
    }

    function _bitOf(uint24 index) private pure returns (uint256) {
        return index < LATER_BIT ? index : LATER_BIT;
    }
}
