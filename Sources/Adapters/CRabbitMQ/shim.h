#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>

// amqp_login_with_properties takes a variable number of arguments, which Swift does not call.
static inline amqp_rpc_reply_t rabbitmq_login_plain(
    amqp_connection_state_t connection, const char *virtual_host, int heartbeat,
    const amqp_table_t *properties, const char *user, const char *password) {
    return amqp_login_with_properties(
        connection, virtual_host, 1, AMQP_DEFAULT_FRAME_SIZE, heartbeat, properties,
        AMQP_SASL_METHOD_PLAIN, user, password);
}
