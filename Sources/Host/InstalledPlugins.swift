import AmazonPlugin
import BigCommercePlugin
import EbayPlugin
import EmailPlugin
import MagentoPlugin
import PluginAPI
import PrestaShopPlugin
import ShopifyPlugin
import WebhookPlugin
import WooCommercePlugin

/// Everything compiled into this build.
///
/// Installing a plugin is an import and a line here, and a line in `Package.swift`.
enum InstalledPlugins {
    static let scrapers: [any SiteScraper.Type] = [
        Amazon.self, BigCommerce.self, Ebay.self, Magento.self, PrestaShop.self, Shopify.self, WooCommerce.self,
    ]
    static let notifiers: [any Notifier.Type] = [Email.self, Webhook.self]

    static func registry() throws -> Registry { try Registry(scrapers: scrapers, notifiers: notifiers) }
}
