#pragma once

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A directed network whose nodes count from 0; the arrays outlive the call they are given to.
///
/// The supplies add up to 0 or more, and to no more than INT32_MAX without their negative ones;
/// capacities are at least 0 and costs above 0, at most 2^40.
typedef struct {
    int32_t node_count;
    int32_t arc_count;
    /// For each node: no more than this leaves it beyond what enters it; negative, what it needs.
    const int32_t *supplies;
    /// For each arc: the node it leaves and the node it enters.
    const int32_t *sources;
    const int32_t *targets;
    /// For each arc: how much it carries at most, and what each unit on it costs.
    const int32_t *capacities;
    const int64_t *costs;
} clemon_network;

/// Fills in a flow of least cost that meets all needs, a number for each arc; false without one.
///
/// Equal networks get equal flows. The process ends when there is no memory left.
bool clemon_least_cost_flow(const clemon_network *network, int32_t *flows);

#ifdef __cplusplus
}
#endif
