// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice FOR TESTS ONLY. What a {ZooToken} does besides what it is told. Its order is that of `HABITS` in
/// `test/contracts/helpers/zoo.ts`.
enum ZooHabit {
    HONEST,
    TAXES_COMING_IN, // burns some of what reaches the escrow
    TAXES_GOING_OUT, // burns some of what leaves the escrow, from its recipient
    TAXES_ON_TOP, // burns some more of the escrow's when something leaves it
    TAXES_EVERYBODY, // burns some of what anybody receives
    GIVES_ON_TOP, // mints some more to the escrow when something reaches it
    MOVES_NOTHING, // and says that it did
    SHOWS_WHAT_IT_DID_NOT_MOVE, // as above, and shows the escrow's balance as if it had
    FLASH_MINTS, // much, to the escrow, for as long as a movement lasts
    REVERTS_ON_ZERO,
    BLOCKS_ESCROW,
    BLOCKS_FUNDER,
    BLOCKS_BENEFICIARY,
    PAUSES,
    ANSWERS_NOTHING,
    ANSWERS_FALSE,
    ANSWERS_TWO, // a word that is neither true nor false
    ANSWERS_A_BYTE, // too short for a word
    ANSWERS_AT_LENGTH, // true, and a hundred kilobytes after it
    REVERTS_AT_LENGTH, // with a hundred kilobytes
    EATS_ALL_GAS,
    HAS_MANY_DECIMALS,
    HAS_NO_DECIMALS,
    SHOWS_NO_BALANCE, // reverts when it is asked for one
    SHOWS_BALANCE_BY_GAS, // another one each time it is asked
    LIES_ABOUT_PERMITS, // welcomes them, and gives no allowance
    REVERTS_ON_PERMIT,
    LIES_ABOUT_AUTHORIZATIONS, // welcomes them, and moves nothing
    REFUSES_CHANGED_APPROVAL, // from one that is not zero to another one
    CALLS_IN_PERMIT, // what it was armed with, when it is shown a permit
    CALLS_BEFORE, // what it was armed with, before it moves anything: a sender's hook
    CALLS_AFTER, // what it was armed with, after it has moved: a recipient's hook
    CALLS_INSTEAD // what it was armed with, and leaves it at that
}
