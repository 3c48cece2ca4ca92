// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests are what Kubernetes' published schema asks for; and the check of that can fail. */
class KubernetesSchemaTest {
    @ParameterizedTest
    @MethodSource("dev.freshet.invalidator.deploy.DeployFiles#manifests")
    void everyManifestIsWhatKubernetesKnows(String file) {
        assertThat(DeployFiles.documents(DeployFiles.text(file))).isNotEmpty().allSatisfy(KubernetesSchema::check);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            runAsNonRoot: true        | runAsNonroot: true        | runAsNonroot
            containerPort: 8083,      |                           | containerPort
            readOnlyRootFilesystem:   | readOnlyRootFileSystem:   | readOnlyRootFileSystem
            restartPolicy: Always     | restartPolcy: Always      | restartPolcy
            apiVersion: apps/v1       | apiVersion: apps/v1beta1  | apps/v1beta1
            """)
    void aMistakeIsFoundAtAnyDepth(String right, String wrong, String named) {
        String manifest = DeployFiles.text("deploy/kubernetes/sidecar.yaml");
        assertThat(manifest).contains(right);
        JsonNode broken = DeployFiles.documents(manifest.replace(right, wrong == null ? "" : wrong))
                .get(0);
        assertThatThrownBy(() -> KubernetesSchema.check(broken)).hasMessageContaining(named);
    }

    @Test
    void aKindThatIsNotCheckedIsRefused() {
        JsonNode unknown =
                DeployFiles.documents("{ apiVersion: v1, kind: Pod }").get(0);
        assertThatThrownBy(() -> KubernetesSchema.check(unknown)).hasMessageContaining("Pod");
    }
}
