// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Assertions that tell what was found.
library Check {
    error Check_Differs(string what, uint256 found, uint256 expected);
    error Check_Above(string what, uint256 found, uint256 most);
    error Check_Failed(string what);

    function equal(uint256 found, uint256 expected, string memory what) internal pure {
        if (found != expected) revert Check_Differs(what, found, expected);
    }

    function equal(bytes32 found, bytes32 expected, string memory what) internal pure {
        if (found != expected) revert Check_Differs(what, uint256(found), uint256(expected));
    }

    function atMost(uint256 found, uint256 most, string memory what) internal pure {
        if (found > most) revert Check_Above(what, found, most);
    }

    function yes(bool condition, string memory what) internal pure {
        if (!condition) revert Check_Failed(what);
    }
}
