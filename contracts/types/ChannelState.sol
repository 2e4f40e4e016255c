// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Life of a channel. A closed one stays closed for ever: its id can never be used again.
enum ChannelStatus {
    NONE,
    OPEN, // also while a close is pending: then `closeAt` is set
    CLOSED
}

/// @notice What the escrow keeps of a channel: one storage slot.
struct ChannelState {
    uint96 settled; // token base units added to the beneficiary's payout so far; never falls
    uint96 deposit; // token base units that the channel can pay in all
    uint40 closeAt; // second from which the close can be finalized; 0 = none requested
    ChannelStatus status;
}

/// @notice The one word that {ChannelState} is kept in.
/// Why packed by hand: a batch touches a hundred channels, and one read and one write of a whole word is what each costs;
/// field by field the compiler masks, and at times reads, the slot again.
type ChannelWord is uint256;

/// @notice Where the word is. Why a struct: a reference to it is worked out once, and read and written through.
struct ChannelSlot {
    ChannelWord word;
}

using ChannelWords for ChannelWord global;

/// @notice Packs and unpacks: settled 96 | deposit 96 | closeAt 40 | status 24, from the lowest bit up.
library ChannelWords {
    uint256 private constant DEPOSIT_BIT = 96;
    uint256 private constant CLOSE_AT_BIT = 192;
    uint256 private constant STATUS_BIT = 232;

    /// @notice The first word of a channel.
    function opened(uint96 amount) internal pure returns (ChannelWord) {
        return ChannelWord.wrap((uint256(amount) << DEPOSIT_BIT) | (uint256(ChannelStatus.OPEN) << STATUS_BIT));
    }

    function settled(ChannelWord word) internal pure returns (uint96) {
        return uint96(ChannelWord.unwrap(word));
    }

    function deposit(ChannelWord word) internal pure returns (uint96) {
        return uint96(ChannelWord.unwrap(word) >> DEPOSIT_BIT);
    }

    function closeAt(ChannelWord word) internal pure returns (uint40) {
        return uint40(ChannelWord.unwrap(word) >> CLOSE_AT_BIT);
    }

    function status(ChannelWord word) internal pure returns (ChannelStatus) {
        return ChannelStatus(ChannelWord.unwrap(word) >> STATUS_BIT);
    }

    /// @dev Without the range check that turning a number into an enum brings along.
    function isOpen(ChannelWord word) internal pure returns (bool) {
        return ChannelWord.unwrap(word) >> STATUS_BIT == uint256(ChannelStatus.OPEN);
    }

    /// @dev For an `amount` that keeps the settled total within the deposit.
    function settledMore(ChannelWord word, uint256 amount) internal pure returns (ChannelWord) {
        // Why unchecked: the total lies in the lowest bits, and a sum that fits does not carry into the deposit.
        unchecked {
            return ChannelWord.wrap(ChannelWord.unwrap(word) + amount);
        }
    }

    function withDeposit(ChannelWord word, uint96 amount) internal pure returns (ChannelWord) {
        uint256 rest = ChannelWord.unwrap(word) & ~(uint256(type(uint96).max) << DEPOSIT_BIT);
        return ChannelWord.wrap(rest | (uint256(amount) << DEPOSIT_BIT));
    }

    /// @dev For a word whose `closeAt` is 0.
    function closingAt(ChannelWord word, uint40 time) internal pure returns (ChannelWord) {
        return ChannelWord.wrap(ChannelWord.unwrap(word) | (uint256(time) << CLOSE_AT_BIT));
    }

    function closed(ChannelWord word) internal pure returns (ChannelWord) {
        uint256 rest = ChannelWord.unwrap(word) & ((1 << STATUS_BIT) - 1);
        return ChannelWord.wrap(rest | (uint256(ChannelStatus.CLOSED) << STATUS_BIT));
    }

    function unpack(ChannelWord word) internal pure returns (ChannelState memory) {
        return ChannelState(word.settled(), word.deposit(), word.closeAt(), word.status());
    }
}
