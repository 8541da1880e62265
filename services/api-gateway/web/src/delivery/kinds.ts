import type { EndpointKind } from '../api/types';

interface Kind { title: string; target: string | null; placeholder: string; hint: string; secret?: string }

/** What each kind of endpoint needs to know. */
export const kinds: Record<EndpointKind, Kind> = {
  webhook: { title: 'Webhook', target: 'Address', placeholder: 'https://example.org/alerts', hint: 'Every alert as a signed POST (Standard Webhooks). The secret is shown once, next.' },
  discord: { title: 'Discord', target: 'Webhook address', placeholder: 'https://discord.com/api/webhooks/…', hint: 'Channel settings → Integrations → Webhooks' },
  slack: { title: 'Slack', target: 'Webhook address', placeholder: 'https://hooks.slack.com/services/…', hint: 'An incoming webhook of your workspace' },
  telegram: { title: 'Telegram', target: 'Chat', placeholder: '-1001234567890', hint: 'The chat’s id, or @channel', secret: 'Bot token' },
  pagerduty: { title: 'PagerDuty', target: null, placeholder: '', hint: '', secret: 'Integration routing key' },
  email: { title: 'E-mail', target: 'Addresses', placeholder: 'you@example.org, desk@example.org', hint: 'Up to twenty, separated by commas' },
};
export const kindNames = Object.keys(kinds) as EndpointKind[];
