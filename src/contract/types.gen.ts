// Generated from openapi.yaml by "npm run generate". Do not edit.
export interface paths {
    readonly "/healthz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The process answers */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every part that requests need is ready */
        readonly get: operations["getReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/openapi.yaml": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This document */
        readonly get: operations["getContract"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly ComputeFault: {
            readonly [key: string]: {
                readonly code: number;
                readonly message: string;
                readonly retryAfter?: string;
            };
        };
        readonly IdentityFault: {
            readonly error: components["schemas"]["TitledFault"];
        };
        readonly ImageFault: {
            readonly code: string;
            readonly title: string;
            readonly message: string;
            readonly error: components["schemas"]["TitledFault"];
        };
        readonly TitledFault: {
            readonly code: number;
            readonly title: string;
            readonly message: string;
        };
        readonly PolyvisorFault: {
            readonly error: {
                /** @description Stable, for programs: `operation-not-found` */
                readonly code: string;
                readonly status: number;
                readonly message: string;
                readonly request_id: string;
                readonly details?: {
                    readonly [key: string]: unknown;
                };
            };
        };
        readonly Readiness: {
            readonly ready: boolean;
            readonly parts: readonly {
                readonly name: string;
                readonly ok: boolean;
                readonly message: string;
            }[];
        };
    };
    responses: {
        /** @description One key named after the kind of fault */
        readonly ComputeFault: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["ComputeFault"];
            };
        };
        /** @description Keystone's envelope */
        readonly IdentityFault: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["IdentityFault"];
            };
        };
        /** @description Glance's flat envelope, with the same inside `error` because clients show only that */
        readonly ImageFault: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["ImageFault"];
            };
        };
        /** @description Our own envelope */
        readonly PolyvisorFault: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["PolyvisorFault"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Alive */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly getReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Ready */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description A part is not ready; its message says why */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Readiness"];
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly getContract: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The contract */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/yaml": unknown;
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
}
