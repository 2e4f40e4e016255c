// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LastAnchor, LastAnchorLib} from "../../contracts/types/LastAnchor.sol";
import {Check} from "./helpers/Check.sol";

/// @notice The word says what plain Solidity says of epoch and root.
contract LastAnchorTest {
    function testFuzz_itKeepsEpochAndRoot(uint64 epoch, bytes32 root, bytes32 other) public pure {
        epoch = epoch == 0 ? 1 : epoch;
        LastAnchor last = LastAnchorLib.pack(epoch, root);
        Check.equal(last.epoch(), epoch, "epoch");
        Check.equal(last.rootHash(), bytes24(keccak256(abi.encode(root))), "hash");
        Check.yes(last.isRoot(root), "root");
        Check.yes(last.isRoot(other) == (other == root), "another root");
    }

    function testFuzz_beforeTheFirstThereIsNoRoot(bytes32 other) public pure {
        LastAnchor none = LastAnchor.wrap(0);
        Check.equal(none.epoch(), 0, "epoch");
        Check.equal(none.rootHash(), bytes24(0), "hash");
        Check.yes(none.isRoot(0), "zero");
        Check.yes(none.isRoot(other) == (other == 0), "another root");
    }
}
