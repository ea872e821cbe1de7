#include "CLemon.h"

// Without this the headers expect objects of LEMON's library, which templates do not need.
#define LEMON_ONLY_TEMPLATES
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

namespace {

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int32_t, int64_t>;

/// Numbers of the nodes or arcs of a graph, in the order of their ids.
template <typename Item, typename Number> struct Numbers {
    const Number *values;
    Number operator[](const Item &item) const { return values[Graph::id(item)]; }
};

void build(Graph &graph, const clemon_network &network) {
    graph.reserveNode(network.node_count);
    graph.reserveArc(network.arc_count);
    for (int32_t node = 0; node < network.node_count; ++node) graph.addNode();
    for (int32_t arc = 0; arc < network.arc_count; ++arc) {
        graph.addArc(Graph::nodeFromId(network.sources[arc]),
                     Graph::nodeFromId(network.targets[arc]));
    }
}

// No exception may reach a caller that is not C++: what is left of them, lack of memory, ends the
// process here as it does in Swift.
bool solve(const clemon_network &network, int32_t *flows) noexcept {
    Graph graph;
    build(graph, network);
    Simplex simplex(graph);
    // LEQ and not GEQ: only so does the first tree of LEMON 1.3.1 stay strongly feasible when
    // supplies are 0, which is what keeps the simplex from running in circles.
    simplex.supplyType(Simplex::LEQ)
        .supplyMap(Numbers<Graph::Node, int32_t>{network.supplies})
        .upperMap(Numbers<Graph::Arc, int32_t>{network.capacities})
        .costMap(Numbers<Graph::Arc, int64_t>{network.costs});
    if (simplex.run(Simplex::BLOCK_SEARCH) != Simplex::OPTIMAL) return false;
    for (int32_t arc = 0; arc < network.arc_count; ++arc) {
        flows[arc] = simplex.flow(Graph::arcFromId(arc));
    }
    return true;
}

} // namespace

bool clemon_least_cost_flow(const clemon_network *network, int32_t *flows) {
    return solve(*network, flows);
}
