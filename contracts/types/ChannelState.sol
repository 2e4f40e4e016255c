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

/// @notice Packs and unpacks: settled 96 | deposit 96 | closeAt 40 | status 24, from the lowest bit up.
library ChannelWords {
    function pack(ChannelState memory state) internal pure returns (ChannelWord) {
        return
            ChannelWord.wrap(
                uint256(state.settled) |
                    (uint256(state.deposit) << 96) |
                    (uint256(state.closeAt) << 192) |
                    (uint256(state.status) << 232)
            );
    }

    function unpack(ChannelWord word) internal pure returns (ChannelState memory state) {
        uint256 bits = ChannelWord.unwrap(word);
        state.settled = uint96(bits);
        state.deposit = uint96(bits >> 96);
        state.closeAt = uint40(bits >> 192);
        state.status = ChannelStatus(bits >> 232);
    }
}
