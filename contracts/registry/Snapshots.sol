// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISnapshots} from "../interfaces/registry/ISnapshots.sol";
import {StatusSnapshot, StatusSnapshotType} from "../types/StatusSnapshot.sol";
import {Bindings} from "./Bindings.sol";

/// @notice Where an attester says which of its snapshots is the newest: one slot an attester, the root in the event.
abstract contract Snapshots is Bindings {
    mapping(address attester => uint40 asOf) private _statusAsOf;

    /// @inheritdoc ISnapshots
    function anchorStatus(uint24 attesterIndex, StatusSnapshot calldata snapshot, bytes calldata signature) external {
        address attester = _signingAttester(attesterIndex);
        if (snapshot.attester != attester) revert IdentityRegistry_WrongAttester(snapshot.attester, attester);
        if (snapshot.asOf > block.timestamp) revert IdentityRegistry_FutureTime(snapshot.asOf, block.timestamp);
        uint40 newest = _statusAsOf[attester];
        if (snapshot.asOf <= newest) revert IdentityRegistry_StaleSnapshot(attester, snapshot.asOf, newest);
        _requireAttester(attester, StatusSnapshotType.digest(_domainSeparatorV4(), snapshot), signature);

        _statusAsOf[attester] = snapshot.asOf;
        emit StatusAnchored(attester, snapshot.asOf, snapshot.count, snapshot.root);
    }

    /// @inheritdoc ISnapshots
    function statusAsOf(address attester) external view returns (uint40) {
        return _statusAsOf[attester];
    }
}
