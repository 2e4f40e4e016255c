// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../../contracts/types/Binding.sol";
import {BindingWords, BindingWordsLib} from "../../contracts/types/BindingWords.sol";
import {Enrolment} from "../../contracts/types/Enrolment.sol";
import {EnrolmentWords, EnrolmentWordsLib} from "../../contracts/types/EnrolmentWords.sol";
import {Check} from "./helpers/Check.sol";

/// @notice A struct that is read as words holds what the compiler reads, and the one check refuses what the compiler refuses.
contract BindingWordsTest {
    uint256 private constant WORDS = 15;

    /// @dev Bits of each field, in the order of {Binding}.
    uint16[15] private _bits = [256, 256, 160, 40, 40, 160, 2, 160, 96, 96, 32, 256, 256, 256, 256];

    function testFuzz_wordsOfABindingAreItsFields(uint256[15] memory words) public view {
        for (uint256 i = 0; i < WORDS; ++i) words[i] &= _mask(i);
        Check.yes(_accepts(this.decode.selector, words), "decoded");
        Check.yes(_accepts(this.requireNarrow.selector, words), "narrow");
        Check.yes(_accepts(this.requireSameBinding.selector, words), "same");
    }

    function testFuzz_aBitOutsideAnyFieldIsRefusedAsTheCompilerDoes(uint256[15] memory words, uint8 bit) public view {
        for (uint256 i = 0; i < WORDS; ++i) words[i] &= _mask(i);
        for (uint256 i = 0; i < WORDS; ++i) {
            if (_bits[i] == 256) continue;
            uint256 inside = words[i];
            _requireRefused(words, i, _bits[i]);
            _requireRefused(words, i, _bits[i] + (bit % (256 - _bits[i])));
            words[i] = inside;
        }
    }

    function testFuzz_wordsOfAnEnrolmentAreItsFields(Enrolment calldata enrolment) public pure {
        EnrolmentWords calldata words = EnrolmentWordsLib.wordsOf(enrolment);
        bytes memory found = abi.encode(words.root, words.count, words.partyId, words.attester);
        found = bytes.concat(found, abi.encode(words.validFrom, words.validUntil));
        Check.equal(keccak256(found), keccak256(abi.encode(enrolment)), "fields");
    }

    function decode(Binding memory binding) external pure returns (Binding memory) {
        return binding;
    }

    function requireNarrow(Binding calldata binding) external pure {
        BindingWordsLib.wordsOf(binding).requireNarrow();
    }

    function requireSameBinding(Binding calldata binding) external pure {
        BindingWords calldata words = BindingWordsLib.wordsOf(binding);
        bytes memory found = abi.encode(words.deviceId, words.partyId, words.attester, words.validFrom);
        found = bytes.concat(found, abi.encode(words.validUntil, words.funder, words.funding, words.token));
        found = bytes.concat(found, abi.encode(words.maxPerPayment, words.maxPerPeriod, words.periodSeconds));
        found = bytes.concat(found, abi.encode(words.approvers, words.billingRef));
        found = bytes.concat(found, abi.encode(words.freshnessTip, words.previous));
        Check.equal(keccak256(found), keccak256(abi.encode(binding)), "fields");
    }

    function _requireRefused(uint256[15] memory words, uint256 field, uint256 bit) private view {
        words[field] |= uint256(1) << bit;
        Check.yes(!_accepts(this.decode.selector, words), "the compiler");
        Check.yes(!_accepts(this.requireNarrow.selector, words), "narrow");
    }

    function _accepts(bytes4 selector, uint256[15] memory words) private view returns (bool success) {
        bytes memory answer;
        // Why a low-level call: a high-level one cannot send bits outside a type.
        (success, answer) = address(this).staticcall(bytes.concat(selector, abi.encode(words)));
        Check.yes(success || answer.length == 0, "refused without a word");
    }

    function _mask(uint256 field) private view returns (uint256) {
        return type(uint256).max >> (256 - _bits[field]);
    }
}
