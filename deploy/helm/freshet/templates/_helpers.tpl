{{- /* Copyright The Freshet Authors
SPDX-License-Identifier: Apache-2.0 */ -}}
{{- define "freshet.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "freshet.selector" -}}
app.kubernetes.io/name: freshet
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: invalidator
{{- end }}

{{- define "freshet.metadata" -}}
name: {{ include "freshet.name" . }}
labels:
  {{- include "freshet.selector" . | nindent 2 }}
{{- end }}
