import Hummingbird
import StarchairAPI

/// `/api/notification`; what services tell each other is no route.
struct NotificationRoutes {
    let gateway: Gateway

    func add(to routes: RouterGroup<GatewayContext>) {
        let gateway = gateway
        routes.get("check") { _, _ in Response.reply("ready") }
        routes.post("all") { request, context in
            _ = try context.signedIn()
            let place = try request.listPlace()
            let message = ListNotifications(after: place.after, limit: place.limit)
            return Response.reply(try await gateway.call(message, context))
        }
        routes.get("getNotificationById/:id") { _, context in
            _ = try context.signedIn()
            let id = try context.id("id", as: Notification.self)
            return Response.reply(try await gateway.call(GetNotification(id: id), context))
        }
        routes.post("changeNotificationStatus") { request, context in
            _ = try context.signedIn()
            let message = try await JSON.decode(ChangeNotificationStatus.self, from: request)
            return Response.reply(try await gateway.call(message, context))
        }
    }
}
