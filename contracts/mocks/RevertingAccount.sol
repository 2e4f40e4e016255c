// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @notice FOR TESTS ONLY. An account that reverts, with the answer of a valid signature as the reason.
contract RevertingAccount {
    fallback() external {
        bytes4 magic = IERC1271.isValidSignature.selector;
        // Why assembly: a custom error cannot be chosen to be exactly this word.
        assembly {
            mstore(0, magic)
            revert(0, 0x20)
        }
    }
}
