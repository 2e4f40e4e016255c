// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Panic} from "@openzeppelin/contracts/utils/Panic.sol";

/// @notice Where a binding stands. `PENDING` and `EXPIRED` follow from the time, `COMPROMISED` from a mark on the attester:
/// these are never stored.
enum BindingStatus {
    NONE,
    ACTIVE,
    SUSPENDED,
    RELEASED, // ended by the party
    REVOKED, // ended by the attester
    RENEWED, // ended by a later binding of the same device and party
    REBOUND, // ended by a binding of another device key and party; the device key is never bound again
    ROTATED, // ended by a binding of another device key of the same party; the device key is never bound again
    PENDING,
    EXPIRED,
    COMPROMISED // ended by the mark on its attester
}

/// @notice What the registry keeps of a binding: one storage slot.
struct BindingRecord {
    uint40 startedAt; // max(block time of `bind`, validFrom)
    uint40 endsAt; // validUntil, or the earlier end
    uint24 period; // number of the period that `exposure` belongs to
    uint96 exposure; // token base units put at risk in that period
    uint24 sequence; // raised by every accepted message about the binding, so none can be used twice
    uint24 attesterIndex; // lets a message of the attester name the id alone
    BindingStatus status;
}

/// @notice The one word that {BindingRecord} is kept in.
/// Why packed by hand: as a struct in memory a record costs seven words to clear, to fill and to pack again, in gas and in
/// code, wherever one field of it is needed.
type RecordWord is uint256;

/// @notice Where the word is. Why a struct: a reference to it is worked out once, and read and written through.
struct RecordSlot {
    RecordWord word;
}

using RecordWords for RecordWord global;

/// @notice Packs and unpacks: startedAt 40 | endsAt 40 | period 24 | exposure 96 | sequence 24 | attesterIndex 24 | status 8,
/// from the lowest bit up.
library RecordWords {
    uint256 private constant ENDS_AT_BIT = 40;
    uint256 private constant PERIOD_BIT = 80;
    uint256 private constant EXPOSURE_BIT = 104;
    uint256 private constant SEQUENCE_BIT = 200;
    uint256 private constant ATTESTER_BIT = 224;
    uint256 private constant STATUS_BIT = 248;

    uint256 private constant TIME = 0xffffffffff;
    uint256 private constant ENDS_AT = uint256(type(uint40).max) << ENDS_AT_BIT;
    uint256 private constant PERIOD_AND_EXPOSURE =
        (uint256(type(uint24).max) << PERIOD_BIT) | (uint256(type(uint96).max) << EXPOSURE_BIT);
    uint256 private constant STATUS = uint256(type(uint8).max) << STATUS_BIT;

    /// @notice The first word of a binding: period and sequence are 0.
    function started(
        uint40 startsAt,
        uint40 validUntil,
        uint96 carried,
        uint24 attester,
        BindingStatus first
    ) internal pure returns (RecordWord) {
        return
            RecordWord.wrap(
                uint256(startsAt) |
                    (uint256(validUntil) << ENDS_AT_BIT) |
                    (uint256(carried) << EXPOSURE_BIT) |
                    (uint256(attester) << ATTESTER_BIT) |
                    (uint256(first) << STATUS_BIT)
            );
    }

    function startedAt(RecordWord word) internal pure returns (uint40) {
        return uint40(RecordWord.unwrap(word));
    }

    function endsAt(RecordWord word) internal pure returns (uint40) {
        return uint40(RecordWord.unwrap(word) >> ENDS_AT_BIT);
    }

    function period(RecordWord word) internal pure returns (uint24) {
        return uint24(RecordWord.unwrap(word) >> PERIOD_BIT);
    }

    function exposure(RecordWord word) internal pure returns (uint96) {
        return uint96(RecordWord.unwrap(word) >> EXPOSURE_BIT);
    }

    function sequence(RecordWord word) internal pure returns (uint24) {
        return uint24(RecordWord.unwrap(word) >> SEQUENCE_BIT);
    }

    function attesterIndex(RecordWord word) internal pure returns (uint24) {
        return uint24(RecordWord.unwrap(word) >> ATTESTER_BIT);
    }

    /// @notice Whether attester and sequence are these. Why together: they are neighbours, so one comparison does.
    function isOf(RecordWord word, uint24 attester, uint24 number) internal pure returns (bool) {
        return
            uint48(RecordWord.unwrap(word) >> SEQUENCE_BIT) ==
            (uint256(attester) << (ATTESTER_BIT - SEQUENCE_BIT)) | number;
    }

    /// @notice The status as it was written last; {statusAt} adds what time does.
    function status(RecordWord word) internal pure returns (BindingStatus) {
        return BindingStatus(RecordWord.unwrap(word) >> STATUS_BIT);
    }

    /// @notice Where the binding stands at `time`, in seconds.
    function statusAt(RecordWord word, uint256 time) internal pure returns (BindingStatus) {
        if (word.isActiveAt(time)) return BindingStatus.ACTIVE;
        BindingStatus written = word.status();
        if (written != BindingStatus.ACTIVE && written != BindingStatus.SUSPENDED) return written;
        if (time >= word.endsAt()) return BindingStatus.EXPIRED;
        // A suspension made in advance is told before the start, since it is what has to be lifted.
        return written == BindingStatus.ACTIVE ? BindingStatus.PENDING : written;
    }

    /// @notice Whether {statusAt} is `ACTIVE`, without the way to all the other answers.
    function isActiveAt(RecordWord word, uint256 time) internal pure returns (bool) {
        bool written = RecordWord.unwrap(word) >> STATUS_BIT == uint256(BindingStatus.ACTIVE);
        return written && word.startedAt() <= time && time < word.endsAt();
    }

    /// @notice Whether {statusAt} is `ACTIVE`, `SUSPENDED` or `PENDING`: recorded, and ended neither by a message nor by time.
    function lastsAt(RecordWord word, uint256 time) internal pure returns (bool lasts) {
        // Why assembly: every row of a batch asks, and Solidity's "and" is a jump. One comparison does for `ACTIVE` and its
        // neighbour `SUSPENDED`; `NONE`, below them, becomes the largest number there is.
        assembly ("memory-safe") {
            let running := lt(sub(shr(STATUS_BIT, word), 1), 2)
            lasts := and(running, lt(time, and(shr(ENDS_AT_BIT, word), TIME)))
        }
    }

    /// @notice What an accepted message makes of the record: another status, and the next sequence.
    function moved(RecordWord word, BindingStatus next) internal pure returns (RecordWord) {
        uint256 rest = _raised(word) & ~STATUS;
        return RecordWord.wrap(rest | (uint256(next) << STATUS_BIT));
    }

    /// @notice As {moved}, and ended at `time`.
    function ended(RecordWord word, BindingStatus next, uint40 time) internal pure returns (RecordWord) {
        uint256 rest = _raised(word) & ~(STATUS | ENDS_AT);
        return RecordWord.wrap(rest | (uint256(time) << ENDS_AT_BIT) | (uint256(next) << STATUS_BIT));
    }

    /// @notice What a mark on the attester makes of the record, unless it had ended by then. It is never stored.
    function cutAt(RecordWord word, uint40 markedAt) internal pure returns (RecordWord) {
        if (word.endsAt() <= markedAt) return word;
        uint256 rest = RecordWord.unwrap(word) & ~(STATUS | ENDS_AT);
        uint256 status_ = uint256(BindingStatus.COMPROMISED) << STATUS_BIT;
        return RecordWord.wrap(rest | (uint256(markedAt) << ENDS_AT_BIT) | status_);
    }

    /// @notice Whether the status is not `NONE`: every word that is written has another.
    function isWritten(RecordWord word) internal pure returns (bool) {
        return RecordWord.unwrap(word) != 0;
    }

    function withExposure(RecordWord word, uint24 number, uint96 amount) internal pure returns (RecordWord) {
        uint256 rest = RecordWord.unwrap(word) & ~PERIOD_AND_EXPOSURE;
        return RecordWord.wrap(rest | (uint256(number) << PERIOD_BIT) | (uint256(amount) << EXPOSURE_BIT));
    }

    function unpack(RecordWord word) internal pure returns (BindingRecord memory) {
        return
            BindingRecord({
                startedAt: word.startedAt(),
                endsAt: word.endsAt(),
                period: word.period(),
                exposure: word.exposure(),
                sequence: word.sequence(),
                attesterIndex: word.attesterIndex(),
                status: word.status()
            });
    }

    /// @dev The word with the next sequence.
    function _raised(RecordWord word) private pure returns (uint256) {
        // A sequence that ran over would make the attester another one.
        if (word.sequence() == type(uint24).max) Panic.panic(Panic.UNDER_OVERFLOW);
        // Why unchecked: see above. A sum in the word saves taking the sequence out and putting it back.
        unchecked {
            return RecordWord.unwrap(word) + (1 << SEQUENCE_BIT);
        }
    }
}
