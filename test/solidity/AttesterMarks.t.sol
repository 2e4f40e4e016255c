// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AttesterMarks} from "../../contracts/types/AttesterMarks.sol";
import {Check} from "./helpers/Check.sol";

/// @notice "No" is certain and "maybe" is rare: a set of marks never forgets one, keeps the escrow's flag apart, and says
/// "maybe" of an unmarked attester only where it shares the last bit.
contract AttesterMarksTest {
    uint256 private constant SHARED_FROM = 254;

    function testFuzz_aMarkIsNeverForgotten(uint24[] memory indexes, bool flagged) public pure {
        AttesterMarks marks = _marked(indexes, flagged);
        for (uint256 i = 0; i < indexes.length; ++i) Check.yes(marks.mayHave(indexes[i]), "marked");
        Check.yes(marks.isEmpty() == (indexes.length == 0), "empty");
        Check.yes(marks.isFlagged() == flagged, "flag");
    }

    function testFuzz_nobodyElseMayBeMarked(uint24[] memory indexes, uint24 other, bool flagged) public pure {
        AttesterMarks marks = _marked(indexes, flagged);
        bool expected = false;
        for (uint256 i = 0; i < indexes.length; ++i) {
            expected = expected || indexes[i] == other || (indexes[i] >= SHARED_FROM && other >= SHARED_FROM);
        }
        Check.yes(marks.mayHave(other) == expected, "another");
        Check.yes(marks.mayHave(uint24(other % SHARED_FROM)) == _has(indexes, other % SHARED_FROM), "an early one");
    }

    function testFuzz_theOrderOfMarksDoesNotMatter(uint24[] memory indexes) public pure {
        AttesterMarks reversed = AttesterMarks.wrap(0);
        for (uint256 i = indexes.length; i > 0; --i) reversed = reversed.with(indexes[i - 1]);
        bytes32 found = bytes32(AttesterMarks.unwrap(reversed.flagged()));
        Check.equal(found, bytes32(AttesterMarks.unwrap(_marked(indexes, true))), "marks");
    }

    function testFuzz_flaggingAndMarkingTouchNothingElse(uint256 word, uint24 index) public pure {
        uint256 bit = 1 << (index < SHARED_FROM ? index : SHARED_FROM);
        Check.equal(AttesterMarks.unwrap(AttesterMarks.wrap(word).with(index)), word | bit, "with");
        Check.equal(AttesterMarks.unwrap(AttesterMarks.wrap(word).flagged()), word | (1 << 255), "flagged");
    }

    function _marked(uint24[] memory indexes, bool flagged) private pure returns (AttesterMarks marks) {
        for (uint256 i = 0; i < indexes.length; ++i) {
            if (flagged && i == indexes.length / 2) marks = marks.flagged();
            marks = marks.with(indexes[i]);
        }
        if (flagged) marks = marks.flagged();
    }

    function _has(uint24[] memory indexes, uint256 index) private pure returns (bool) {
        for (uint256 i = 0; i < indexes.length; ++i) {
            if (indexes[i] == index) return true;
        }
        return false;
    }
}
