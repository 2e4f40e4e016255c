// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FreeToken} from "./FreeToken.sol";

/// @notice FOR TESTS ONLY. A token that welcomes every permit and every authorization, and does nothing.
contract LyingToken is FreeToken {
    // solhint-disable-next-line no-empty-blocks
    function permit(address, address, uint256, uint256, uint8, bytes32, bytes32) public override {}

    // solhint-disable no-empty-blocks
    function receiveWithAuthorization(
        address,
        address,
        uint256,
        uint256,
        uint256,
        bytes32,
        uint8,
        bytes32,
        bytes32
    ) public override {}
    // solhint-enable no-empty-blocks
}
