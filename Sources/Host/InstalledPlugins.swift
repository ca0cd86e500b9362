import AmazonPlugin
import ApprisePlugin
import BigCommercePlugin
import DigitalOceanPlugin
import DiscordPlugin
import EbayPlugin
import EmailPlugin
import GotifyPlugin
import MagentoPlugin
import MultipassPlugin
import NtfyPlugin
import PluginAPI
import PrestaShopPlugin
import PushoverPlugin
import ResendPlugin
import ShopifyPlugin
import SlackPlugin
import TelegramPlugin
import WebhookPlugin
import WooCommercePlugin

/// Everything compiled into this build.
///
/// Installing a plugin is an import and a line here, and a line in `Package.swift`.
enum InstalledPlugins {
    static let scrapers: [any SiteScraper.Type] = [
        Amazon.self, BigCommerce.self, Ebay.self, Magento.self, PrestaShop.self, Shopify.self, WooCommerce.self,
    ]
    static let notifiers: [any Notifier.Type] = [
        Email.self, Ntfy.self, Telegram.self, Discord.self, Slack.self, Gotify.self, Pushover.self, Resend.self,
        Apprise.self, Webhook.self,
    ]

    static let providers: [any InfrastructureProvider.Type] = [Multipass.self, DigitalOcean.self]

    static func registry() throws -> Registry {
        try Registry(scrapers: scrapers, notifiers: notifiers, providers: providers)
    }
}
