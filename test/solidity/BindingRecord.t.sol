// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BindingRecord, BindingStatus, RecordWord, RecordWords} from "../../contracts/types/BindingRecord.sol";
import {Check} from "./helpers/Check.sol";

/// @notice The one word of a record holds seven fields, and changing some of them touches no other. What time makes of a
/// status is told the short ways ({isActiveAt}, {lastsAt}) as it is told in full ({statusAt}).
contract BindingRecordTest {
    uint8 private constant STATUSES = 8;

    /// @dev As {BindingRecord}; any number is a status here, since the test engine knows nothing of enums.
    struct Fields {
        uint40 startedAt;
        uint40 endsAt;
        uint24 period;
        uint96 exposure;
        uint24 sequence;
        uint24 attesterIndex;
        uint8 status;
    }

    function testFuzz_unpackReadsEachFieldFromItsPlace(Fields memory fields) public pure {
        BindingRecord memory record = _record(fields);
        BindingRecord memory found = _word(record).unpack();
        Check.equal(found.startedAt, record.startedAt, "startedAt");
        Check.equal(found.endsAt, record.endsAt, "endsAt");
        Check.equal(found.period, record.period, "period");
        Check.equal(found.exposure, record.exposure, "exposure");
        Check.equal(found.sequence, record.sequence, "sequence");
        Check.equal(found.attesterIndex, record.attesterIndex, "attesterIndex");
        Check.equal(uint256(found.status), uint256(record.status), "status");
    }

    function testFuzz_startedHasNeitherPeriodNorSequence(Fields memory fields) public pure {
        BindingRecord memory record = _record(fields);
        RecordWord found = RecordWords.started(
            record.startedAt,
            record.endsAt,
            record.exposure,
            record.attesterIndex,
            record.status
        );
        record.period = 0;
        record.sequence = 0;
        _requireWord(found, record);
    }

    function testFuzz_movedChangesStatusAndRaisesTheSequence(Fields memory fields, uint8 next) public pure {
        BindingRecord memory record = _record(fields);
        record.sequence %= type(uint24).max;
        RecordWord found = _word(record).moved(_status(next));
        record.status = _status(next);
        ++record.sequence;
        _requireWord(found, record);
    }

    function testFuzz_endedSetsTheEndToo(Fields memory fields, uint8 next, uint40 time) public pure {
        BindingRecord memory record = _record(fields);
        record.sequence %= type(uint24).max;
        RecordWord found = _word(record).ended(_status(next), time);
        record.status = _status(next);
        record.endsAt = time;
        ++record.sequence;
        _requireWord(found, record);
    }

    function testFuzz_withExposureChangesPeriodAndExposureAlone(
        Fields memory fields,
        uint24 number,
        uint96 amount
    ) public pure {
        BindingRecord memory record = _record(fields);
        RecordWord found = _word(record).withExposure(number, amount);
        record.period = number;
        record.exposure = amount;
        _requireWord(found, record);
    }

    function testFuzz_aSequenceThatIsUsedUpMovesNothing(Fields memory fields, uint8 next) public view {
        BindingRecord memory record = _record(fields);
        record.sequence = type(uint24).max;
        bool refused = false;
        try this.moved(_word(record), _status(next)) {} catch {
            refused = true;
        }
        Check.yes(refused, "refused");
    }

    function testFuzz_statusAtFollowsTheTime(Fields memory fields, uint40 time) public pure {
        BindingRecord memory record = _record(fields);
        BindingStatus expected = record.status;
        if (expected == BindingStatus.ACTIVE && time < record.startedAt) expected = BindingStatus.PENDING;
        bool running = record.status == BindingStatus.ACTIVE || record.status == BindingStatus.SUSPENDED;
        if (running && time >= record.endsAt) expected = BindingStatus.EXPIRED;
        Check.equal(uint256(_word(record).statusAt(time)), uint256(expected), "status");
    }

    function testFuzz_theShortWaysTellWhatStatusAtTells(Fields memory fields, uint40 time) public pure {
        BindingRecord memory record = _record(fields);
        // What is written is one of the first six: the others follow from the time.
        record.status = BindingStatus(uint8(record.status) % uint8(BindingStatus.PENDING));
        RecordWord word = _word(record);
        BindingStatus status = word.statusAt(time);
        bool lasts =
            status == BindingStatus.ACTIVE || status == BindingStatus.SUSPENDED || status == BindingStatus.PENDING;
        Check.yes(word.isActiveAt(time) == (status == BindingStatus.ACTIVE), "active");
        Check.yes(word.lastsAt(time) == lasts, "lasts");
    }

    function testFuzz_isOfComparesAttesterAndSequence(
        Fields memory fields,
        uint24 attester,
        uint24 number
    ) public pure {
        RecordWord word = _word(_record(fields));
        Check.yes(word.isOf(fields.attesterIndex, fields.sequence), "both");
        Check.yes(word.isOf(attester, fields.sequence) == (attester == fields.attesterIndex), "attester");
        Check.yes(word.isOf(fields.attesterIndex, number) == (number == fields.sequence), "sequence");
    }

    function test_anEmptySlotIsABindingThatNeverWas() public pure {
        RecordWord word = RecordWord.wrap(0);
        Check.equal(uint256(word.statusAt(0)), uint256(BindingStatus.NONE), "status");
        Check.yes(!word.isActiveAt(0) && !word.lastsAt(0), "neither active nor lasting");
        Check.yes(!word.isWritten(), "not written");
        RecordWord first = RecordWords.started(0, 0, 0, 0, BindingStatus.ACTIVE);
        Check.yes(first.isWritten(), "written");
    }

    /// @dev External, so that its revert can be caught.
    function moved(RecordWord word, BindingStatus next) external pure returns (RecordWord) {
        return word.moved(next);
    }

    /// @dev startedAt 40 | endsAt 40 | period 24 | exposure 96 | sequence 24 | attesterIndex 24 | status 8, from the lowest
    /// bit up.
    function _word(BindingRecord memory record) private pure returns (RecordWord) {
        bytes memory high = abi.encodePacked(uint8(record.status), record.attesterIndex, record.sequence);
        bytes memory low = abi.encodePacked(record.exposure, record.period, record.endsAt, record.startedAt);
        return RecordWord.wrap(uint256(bytes32(bytes.concat(high, low))));
    }

    function _record(Fields memory fields) private pure returns (BindingRecord memory) {
        return
            BindingRecord({
                startedAt: fields.startedAt,
                endsAt: fields.endsAt,
                period: fields.period,
                exposure: fields.exposure,
                sequence: fields.sequence,
                attesterIndex: fields.attesterIndex,
                status: _status(fields.status)
            });
    }

    function _status(uint8 seed) private pure returns (BindingStatus) {
        return BindingStatus(seed % STATUSES);
    }

    function _requireWord(RecordWord found, BindingRecord memory expected) private pure {
        Check.equal(bytes32(RecordWord.unwrap(found)), bytes32(RecordWord.unwrap(_word(expected))), "word");
    }
}
