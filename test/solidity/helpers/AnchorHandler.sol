// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AnchorMessages} from "../../../contracts/AnchorMessages.sol";
import {LedgerAnchor} from "../../../contracts/LedgerAnchor.sol";
import {Anchor} from "../../../contracts/types/Anchor.sol";
import {SignerId} from "../../../contracts/types/Ids.sol";
import {P256Sha256Verifier} from "../../../contracts/verifiers/P256Sha256Verifier.sol";
import {Device, Devices} from "./Devices.sol";

/// @notice What anybody does with a ledger anchor: publishers that go on, repeat themselves, leave out or rewrite, and
/// strangers that forge. It keeps the root of every anchor that was accepted.
contract AnchorHandler {
    uint256 public constant PUBLISHERS = 3;
    uint32 private constant COUNT = 5;

    LedgerAnchor public immutable LEDGER;
    AnchorMessages private immutable MESSAGES;

    mapping(string action => uint256 times) public done;

    Device[] private _publishers;
    mapping(uint256 publisher => bytes32[] roots) private _roots;

    constructor() {
        address verifier = address(new P256Sha256Verifier());
        LEDGER = new LedgerAnchor(verifier);
        MESSAGES = new AnchorMessages(LEDGER);
        _publishers.push(Devices.secp256k1(1));
        _publishers.push(Devices.secp256k1(2));
        _publishers.push(Devices.p256(3, verifier));
    }

    /// @notice The next epoch, as a sound publisher tells it.
    function goOn(uint256 who, bytes32 root) external {
        _send("goOn", who, who, _next(who, root));
    }

    /// @notice An epoch that may be any, on top of a root that may be any that was published.
    function tellAnything(uint256 who, uint64 epoch, uint256 previous, bytes32 root) external {
        Anchor memory anchor = _next(who, root);
        bytes32[] storage roots = _roots[who % PUBLISHERS];
        // Near the true one, or a guess is never right.
        anchor.epoch = uint64(epoch % (roots.length + 3));
        anchor.previousRoot = previous % (roots.length + 1) == 0 ? bytes32(0) : roots[previous % roots.length];
        _send("tellAnything", who, who, anchor);
    }

    /// @notice The next epoch, signed by somebody else.
    function forge(uint256 who, uint256 by, bytes32 root) external {
        if (who % PUBLISHERS == by % PUBLISHERS) return;
        _send("forge", who, by, _next(who, root));
    }

    function idOf(uint256 who) external view returns (SignerId) {
        return _publishers[who].id;
    }

    /// @notice Roots of the publisher's accepted anchors, in their order.
    function rootsOf(uint256 who) external view returns (bytes32[] memory) {
        return _roots[who];
    }

    function _next(uint256 who, bytes32 root) private view returns (Anchor memory) {
        who %= PUBLISHERS;
        uint64 epoch = uint64(_roots[who].length + 1);
        return Anchor(_publishers[who].id, epoch, _lastRoot(who), root, COUNT, uint96(uint256(root)));
    }

    function _lastRoot(uint256 who) private view returns (bytes32) {
        bytes32[] storage roots = _roots[who];
        return roots.length == 0 ? bytes32(0) : roots[roots.length - 1];
    }

    function _send(string memory action, uint256 who, uint256 by, Anchor memory anchor) private {
        who %= PUBLISHERS;
        Device memory signer = _publishers[by % PUBLISHERS];
        bytes memory signature = signer.sign(MESSAGES.anchorDigest(anchor));
        bytes memory named = signer.isSecp256k1() ? bytes("") : signer.signer;
        try LEDGER.anchor(anchor, named, signature) {
            if (anchor.previousRoot != _lastRoot(who)) ++done["rewritten"];
            _roots[who].push(anchor.root);
            ++done[action];
        } catch {
            ++done["refused"];
        }
    }
}
