// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice FOR TESTS ONLY. An account that answers every question with the same bytes, as many as it was told.
/// @dev Keeps nothing in storage, so that its code also works where a test puts it, as EIP-7702 does.
contract JunkAccount {
    bytes32 private immutable FIRST_WORD;
    uint256 private immutable ANSWER_BYTES;

    /// @param firstWord how the answer starts; zeros follow
    /// @param answerBytes length of the answer
    constructor(bytes32 firstWord, uint256 answerBytes) {
        FIRST_WORD = firstWord;
        ANSWER_BYTES = answerBytes;
    }

    fallback() external {
        bytes32 firstWord = FIRST_WORD;
        uint256 answerBytes = ANSWER_BYTES;
        // Why assembly: Solidity cannot return fewer bytes than a word, nor megabytes within little gas.
        assembly {
            mstore(0, firstWord)
            return(0, answerBytes)
        }
    }
}
