#!/bin/sh
# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
#
# Builds the processes and lays out two trees for each of them, as the Dockerfile copies them to the root of the image:
# FOLDER/PROCESS/lib has the libraries, FOLDER/PROCESS/app has Freshet's own files. All files and folders get one fixed time, so
# that the same libraries make the same layer, wherever and whenever they are built.
set -eu
layers=$1
mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip -pl :writer-service,:reader-service,:invalidator -am \
  package dependency:copy-dependencies -DincludeScope=runtime -Dmdep.prependGroupId=true \
  -DoutputDirectory='${project.build.directory}/lib'
for module in writer-service reference/reader-service invalidator; do
  process=${module##*/}
  lib=$layers/$process/lib/app/lib
  app=$layers/$process/app/app
  mkdir -p "$lib" "$app"
  install -m 755 deploy/docker/run.sh "$app/run.sh"
  for jar in "$module"/target/lib/*.jar; do
    case $jar in
      */dev.freshet.*) cp "$jar" "$app/" ;;
      *) cp "$jar" "$lib/" ;;
    esac
  done
  for jar in "$module"/target/"$process"-*.jar; do
    case $jar in
      *-app.jar | *-sources.jar | *-javadoc.jar | *-tests.jar) ;;
      *) cp "$jar" "$app/" ;;
    esac
  done
done
chmod -R a+rX "$layers"
find "$layers" -exec touch -d '2000-01-01 00:00:00' {} +
