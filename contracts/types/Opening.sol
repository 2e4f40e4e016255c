// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "./Binding.sol";
import {Channel} from "./Channel.sol";

/// @notice One channel of a fleet to open.
struct Opening {
    Channel channel;
    Binding payerBinding; // the binding that the channel's terms name
    uint96 amount; // token base units, out of the funder's balance
}
